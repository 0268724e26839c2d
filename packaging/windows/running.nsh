; ${CloseProgram} "" (installer) or "un." (uninstaller): asks the programs that run from $INSTDIR to close and waits until they
; have. Nothing is ever killed: a window with unsaved work may ask its user, and then the installer waits.
; Where they stay open: an interactive run asks to try again or cancel, a silent one ends with RUNNING.

!define RUNNING 4 ; the exit code
!define PROCESS_QUERY_LIMITED_INFORMATION 0x1000
!define PATIENCE 40 ; times a quarter of a second
!define MOST_PROCESSES 8192

Var Found  ; how many programs run from $INSTDIR
Var Polite ; 1: ask each of them to close

!macro _CloseProgram prefix
  Function ${prefix}FindPrograms
    Push $0 ; list of process numbers
    Push $1 ; its size in bytes, then the number of processes
    Push $2 ; index, in bytes
    Push $3 ; process number
    Push $4 ; process
    Push $5 ; path of its program
    Push $6
    StrCpy $Found 0
    IntOp $6 ${MOST_PROCESSES} * 4
    System::Alloc $6
    Pop $0
    System::Call 'psapi::EnumProcesses(p r0, i r6, *i .r1) i .r6'
    StrCpy $2 0
    ${While} $2 < $1
      IntPtrOp $6 $0 + $2
      System::Call '*$6(i .r3)'
      System::Call 'kernel32::OpenProcess(i ${PROCESS_QUERY_LIMITED_INFORMATION}, i 0, i r3) p .r4'
      ${If} $4 P<> 0
        StrCpy $5 ""
        System::Call 'kernel32::QueryFullProcessImageNameW(p r4, i 0, w .r5, *i ${NSIS_MAX_STRLEN}) i .r6'
        System::Call 'kernel32::CloseHandle(p r4)'
        ${If} $5 == "$INSTDIR\${WINDOW_EXE}"
        ${OrIf} $5 == "$INSTDIR\${COMMAND_EXE}"
          IntOp $Found $Found + 1
          ${If} $Polite = 1
            nsExec::Exec 'taskkill /PID $3'
            Pop $6
          ${EndIf}
        ${EndIf}
      ${EndIf}
      IntOp $2 $2 + 4
    ${EndWhile}
    System::Free $0
    Pop $6
    Pop $5
    Pop $4
    Pop $3
    Pop $2
    Pop $1
    Pop $0
  FunctionEnd

  Function ${prefix}CloseProgram
    Push $0
    Push $1 ; how often a silent run may still ask
    StrCpy $1 6
    ${Do}
      StrCpy $Polite 1
      Call ${prefix}FindPrograms
      StrCpy $Polite 0
      StrCpy $0 0
      ${DoUntil} $0 = ${PATIENCE}
        ${If} $Found = 0
          ${ExitDo}
        ${EndIf}
        Sleep 250
        IntOp $0 $0 + 1
        Call ${prefix}FindPrograms
      ${Loop}
      ${If} $Found = 0
        ${ExitDo}
      ${EndIf}
      ${If} ${Silent}
        IntOp $1 $1 - 1
        ${If} $1 > 0
          ${Continue}
        ${EndIf}
        SetErrorLevel ${RUNNING}
        Quit
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(PROGRAM_RUNS)" IDRETRY +3
      SetErrorLevel ${RUNNING}
      Quit
    ${Loop}
    Pop $1
    Pop $0
  FunctionEnd
!macroend

!insertmacro _CloseProgram ""
!insertmacro _CloseProgram "un."
