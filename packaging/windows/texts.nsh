; What the installer and the uninstaller say. TEXT name "Chinese" "English"

!macro TEXT name chinese english
  LangString ${name} ${LANG_SIMPCHINESE} "${chinese}"
  LangString ${name} ${LANG_ENGLISH} "${english}"
!macroend
!define TEXT "!insertmacro TEXT"

${TEXT} PRODUCT "邮政服务案例台" "Postal Desk"
${TEXT} PACKAGE_TYPE "邮政服务案例台数据交换包" "Postal Desk exchange package"

${TEXT} WELCOME "本向导将在这台电脑上安装邮政服务案例台 ${VERSION}。$\r$\n$\r$\n不需要管理员权限，也不需要网络。已有的台账不会改动。" \
  "This installs Postal Desk ${VERSION} on this PC.$\r$\n$\r$\nNeither administrator rights nor a network is needed. Desks that are \
  already there are left as they are."
${TEXT} WELCOME_UPGRADE "这台电脑上已装有邮政服务案例台 $OldVersion，将升级为 ${VERSION}。$\r$\n$\r$\n台账、设置不会改动。程序若正在运行，会先请它关闭。" \
  "Postal Desk $OldVersion is installed on this PC and will be replaced by ${VERSION}.$\r$\n$\r$\nDesks and settings are left as they are. \
  If the program is running, it is asked to close first."
${TEXT} WELCOME_REPAIR "这台电脑上已装有邮政服务案例台 ${VERSION}，将重新安装程序文件（修复）。$\r$\n$\r$\n台账、设置不会改动。" \
  "Postal Desk ${VERSION} is already installed on this PC; its program files will be put in place again (repair).$\r$\n$\r$\nDesks and \
  settings are left as they are."

${TEXT} OPTIONS_TITLE "为谁安装" "Who is it for?"
${TEXT} OPTIONS_SUBTITLE "多数情况选择“只为我安装”即可。" "In most cases it is for one person."
${TEXT} FOR_ME "只为我安装（不需要管理员权限）(&M)" "Only for &me (no administrator rights needed)"
${TEXT} FOR_ALL "为这台电脑的所有用户安装（需要管理员权限）(&A)" "For &everyone who uses this PC (needs administrator rights)"
${TEXT} DESKTOP_ICON "在桌面上放一个图标(&D)" "Put an icon on the &desktop"
${TEXT} NEEDS_RIGHTS "为所有用户安装需要管理员权限，刚才没有得到。请改选“只为我安装”，或请管理员来安装。" \
  "Installing for everyone needs administrator rights, and they were not given. Choose $\"Only for me$\", or ask the administrator."

${TEXT} OLD_WINDOWS "本程序需要 64 位 Windows 10 或 11，这台电脑的系统不符合。没有做任何改动。" \
  "The program needs Windows 10 or 11, 64-bit, and this PC has another one. Nothing was changed."
${TEXT} ALREADY_INSTALLING "另一个安装程序正在运行。请等它结束。" "Another installation is under way. Wait until it has finished."
${TEXT} NEWER_INSTALLED "这台电脑上装的是较新的版本 $OldVersion，本安装包是 ${VERSION}。为保护台账，不安装旧版本，没有做任何改动。$\r$\n\
  确需旧版本时，请先卸载新版本（台账会保留，但旧版本可能打不开新版本写过的台账）。" \
  "The newer version $OldVersion is installed on this PC, this is ${VERSION}. To protect the desks, no older version is put over it; nothing \
  was changed.$\r$\nIf the older one is really wanted, uninstall the newer first. Desks stay, but an older program may be unable to open them."
${TEXT} PROGRAM_RUNS "邮政服务案例台正在运行。请在它的窗口里保存并关闭，然后点“重试”。" \
  "Postal Desk is running. Save and close its window, then choose Retry."
${TEXT} CANT_WRITE "程序文件写不进 $INSTDIR。可能是磁盘已满，或没有写入权限。原来的程序没有改动；请腾出约 200 MB 空间或换一个文件夹，再试一次。" \
  "The program's files can't be written to $INSTDIR; the disk may be full, or the folder not yours. What was installed is unchanged. Free \
  about 200 MB or choose another folder, and try again."
${TEXT} CANT_REPLACE "$INSTDIR 里的旧程序文件正被占用，无法替换。原来的程序没有改动；请关闭正在使用它们的程序（或重启电脑），再试一次。" \
  "Files of the old program in $INSTDIR are in use and can't be replaced. What was installed is unchanged. Close what uses them (or restart \
  the PC), and try again."

${TEXT} DESKS_TITLE "台账保留在这里" "The desks stay"
${TEXT} DESKS_SUBTITLE "卸载只删除程序，不删除台账。" "Only the program is removed."
${TEXT} DESKS_TEXT "您的台账、练习台和设置保留在：" "Your desks, the practice desk and your settings stay in:"
${TEXT} DESKS_ELSEWHERE "另外选定文件夹的台账和备份，无论如何都会保留。" \
  "Desks and copies in folders that you chose yourself stay in any case."
${TEXT} NO_DESKS "这个用户还没有台账。" "This user has no desk yet."
${TEXT} DELETE_DESKS "同时删除上面文件夹里的全部台账和设置(&X)，无法恢复" "Also delete all desks and settings in that folder; this can't be &undone"
${TEXT} SURE "确实要删除 $Desks 里的全部台账和设置吗？删除后无法恢复。$\r$\n$\r$\n选“否”则保留它们，只卸载程序。" \
  "Really delete all desks and settings in $Desks? They can't be brought back.$\r$\n$\r$\n$\"No$\" keeps them and removes only the program."
