# shellcheck shell=bash
# Sourced by check.sh: does the program's main job in its window, by keyboard: a case is logged from its story, July's Word file
# is written, the program is closed and started again.

STORY='周先生80多岁到船营投递部窗口，称7月2日寄出两封挂号信XA22010000322、XA22010001722到北京某刊社，半个多月没有回音。客户电话138 0432 1176，请苏阳帮忙查。'
TABS_TO_THE_DAY=26 # from the story; tests/journeys/test_main_job.py holds this and the next
KEY_OF_THE_SUMMARY=ctrl+8

july_of() { # YYYYMMDD: the July last gone through halfway at least
    local year="${1:0:4}"
    if ((10#${1:4} < 717)); then year=$((year - 1)); fi
    printf '%s-07\n' "$year"
}

written() { [[ $(cksum <"$JOB/high-water") != "$1" ]]; } # the desk, since this sum was taken
documents() { find "$WINEPREFIX/drive_c/users" -name '*.docx'; }
has_document() { [[ -n $(documents) ]]; }
is_whole() { unzip -tqq "$(documents | head -1)" 2>/dev/null; }

open_window() { # sets JOB_WINDOW
    LIMIT=1200 w "$PROGRAM/PostalDesk.exe" --desk 'C:\job' >"$WORK/job.log" &
    JOB_WINDOW=$!
    wait_for_window PostalDesk.exe || die "the window does not open: $(<"$WORK/job.log")"
    settled "$PAGES/$1.png" 8
    xdotool windowfocus "$(windows_of PostalDesk.exe | tail -1)"
}

close_window() {
    press alt+F4
    gone_from_screen PostalDesk.exe
    wait "$JOB_WINDOW" || die "the program ended with an error: $(<"$WORK/job.log")"
}

log_the_case() {
    local before
    before="$(cksum <"$JOB/high-water")"
    printf '%s' "$STORY" | xclip -selection clipboard -loops 0 -in >/dev/null 2>&1 # it stays, to be asked
    press_and_see 10-started 11-empty-form 4 ctrl+n
    press_and_see 11-empty-form 12-story-read 6 ctrl+v
    press_and_see 12-story-read now-confirmed 4 ctrl+Return
    xdotool key --delay 60 --repeat "$TABS_TO_THE_DAY" --repeat-delay 60 Tab
    press ctrl+a
    xdotool type --delay 60 "$JULY-17"
    press Tab
    settled "$PAGES/13-filled.png" 4
    press ctrl+s
    until_so written "$before" || die "the case is not saved"
    settled "$PAGES/14-saved.png" 6
}

write_july() {
    press_and_see 14-saved now-month 6 "$KEY_OF_THE_SUMMARY"
    press ctrl+a
    xdotool type --delay 60 "$JULY"
    press Return
    settled "$PAGES/15-july.png" 8 # in late July, that month is there already
    press_and_see 15-july 16-save-as 6 ctrl+e
    press Return
    until_so has_document || die "July's Word file is not written"
    until_so is_whole || die "July's Word file is not whole"
    settled "$PAGES/17-written.png" 6
}

main_job() {
    say "The main job in the window: a case from its story, July's Word file, close, start again"
    JOB="$WINEPREFIX/drive_c/job"
    JULY="$(july_of "$(date +%Y%m%d)")"
    local list
    rm -rf "$JOB"
    job() { w "$PROGRAM/postal-desk.exe" --lang zh_CN --desk 'C:\job' "$@"; }
    job new --branch 船营区分公司 --code 220204 --no-password >/dev/null
    job outlet add 船营投递部 >/dev/null
    job staff add 苏阳 --outlet 船营投递部 >/dev/null
    mkdir -p "$DATA"
    printf '{"language": "zh_CN"}' >"$DATA/settings.json"

    open_window 10-started
    log_the_case
    write_july
    close_window
    list="$(job case list --json --limit 0)"
    [[ $(grep -c '"opened_on": ' <<<"$list") == 1 && $list == *"\"opened_on\": \"$JULY-17\""* && $list == *"$STORY"* ]] ||
        die "the desk does not hold the case: $list"
    job check >/dev/null || die "the desk is not in order"
    unzip -p "$(documents | head -1)" word/document.xml | grep -q '船营' || die "July's Word file is not the branch's"
    open_window 18-started-again
    close_window
    rm "$DATA/settings.json"
}
