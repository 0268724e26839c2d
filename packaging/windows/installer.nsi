; PostalDesk-Setup.exe. Compiled by packaging/build.py, which gives VERSION, NUMBERS, PROGRAM (the collected folder), KILOBYTES,
; ICON, PICTURE, OUT, TARGET, SIGN and, for a trial, QUICK. What it does and its options: packaging/README.md.

Unicode true
Target ${TARGET}
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include nsDialogs.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define WINDOW_EXE PostalDesk.exe
!define COMMAND_EXE postal-desk.exe
!define FOLDER PostalDesk ; below Programs; the users' desks are in a folder of the same name in their local data
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PostalDesk"
!define OWN_KEY "Software\PostalDesk"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\${COMMAND_EXE}"
!define CLASSES "Software\Classes"
!define PACKAGE_EXTENSION ".postaldesk"
!define PACKAGE_CLASS "PostalDesk.Package"

; Exit codes besides NSIS's own (0 done, 1 cancelled, 2 stopped)
!define NEWER_INSTALLED 3
!define NEEDS_RIGHTS 5
!define OLD_WINDOWS 6
!define NOT_WRITTEN 7
!define ALREADY_INSTALLING 8

Name "$(PRODUCT)"
OutFile "${OUT}"
InstallDir "" ; found in .onInit, where it depends on who it is for; /D= comes before that
BrandingText "Postal Desk ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!uninstfinalize '${SIGN} "%1"'

Var Scope       ; user or machine
Var Given       ; 1: the folder was given with /D=
Var OldVersion  ; what is installed in this scope, or empty
Var DesktopIcon ; 1: wanted
Var Desks       ; this user's folder of desks and settings
Var DeleteDesks ; 1: wanted, off unless ticked
Var Control
Var ForAll
Var IconBox
Var DeleteBox

; -- pages -------------------------------------------------------------------------------------------------------

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "$Control" ; the text is chosen when the page is made
!define MUI_PAGE_CUSTOMFUNCTION_PRE ChooseWelcome
!insertmacro MUI_PAGE_WELCOME
Page custom OptionsPage LeaveOptions
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_EXE}"
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.DesksPage un.LeaveDesks
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English" ; the first one is for every system that speaks neither
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_RESERVEFILE_LANGDLL
SetFont /LANG=${LANG_SIMPCHINESE} "Microsoft YaHei UI" 9
SetFont /LANG=${LANG_ENGLISH} "Segoe UI" 9
!include "${__FILEDIR__}\texts.nsh"
!include "${__FILEDIR__}\running.nsh"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
!macro VERSION_KEYS language product description
  VIAddVersionKey /LANG=${language} "ProductName" "${product}"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileDescription" "${description}"
  VIAddVersionKey /LANG=${language} "CompanyName" "Postal Desk contributors"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "Apache-2.0, Postal Desk contributors"
!macroend
!insertmacro VERSION_KEYS ${LANG_SIMPCHINESE} "邮政服务案例台" "邮政服务案例台安装程序"
!insertmacro VERSION_KEYS ${LANG_ENGLISH} "Postal Desk" "Postal Desk Setup"

; -- installing --------------------------------------------------------------------------------------------------

!macro SHOW_LANGUAGE
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LANG=" $R1
  ${IfNot} ${Errors}
    ${If} $R1 == "zh_CN"
      StrCpy $LANGUAGE ${LANG_SIMPCHINESE}
    ${ElseIf} $R1 == "en"
      StrCpy $LANGUAGE ${LANG_ENGLISH}
    ${EndIf}
  ${EndIf}
!macroend

!macro STOP code text
  SetErrorLevel ${code}
  MessageBox MB_OK|MB_ICONSTOP "${text}" /SD IDOK
  Quit
!macroend

Function .onInit
  !insertmacro SHOW_LANGUAGE
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro STOP ${OLD_WINDOWS} "$(OLD_WINDOWS)"
  ${EndIf}
  SetRegView 64
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "PostalDeskSetup") p .r0 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS; Windows forgets the mutex when this process ends
    !insertmacro STOP ${ALREADY_INSTALLING} "$(ALREADY_INSTALLING)"
  ${EndIf}

  Call TakeFolder
  StrCpy $Scope user
  ReadRegStr $0 HKLM "${OWN_KEY}" "InstallDir"
  ReadRegStr $1 HKCU "${OWN_KEY}" "InstallDir"
  ${If} $0 != ""
  ${AndIf} $1 == ""
    StrCpy $Scope machine ; what is there is renewed
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/CurrentUser" $R1
  ${IfNot} ${Errors}
    StrCpy $Scope user
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $Scope machine
  ${EndIf}
  StrCpy $DesktopIcon 0
  ClearErrors
  ${GetOptions} $R0 "/DesktopIcon" $R1
  ${IfNot} ${Errors}
    StrCpy $DesktopIcon 1
  ${EndIf}

  Call EnterScope
  ${If} ${Silent}
    Call CheckVersion
    ${If} $Scope == machine
      UserInfo::GetAccountType
      Pop $0
      ${If} $0 != "Admin"
        SetErrorLevel ${NEEDS_RIGHTS}
        Quit
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

; The folder of /D=, which need not be there yet (NSIS's own GetFullPathName makes nothing of such a one). NSIS has seen it already,
; unless the whole option came in quotation marks, as programs write it that start others with a list of arguments.
Function TakeFolder
  StrCpy $Given 0
  ${If} $INSTDIR == ""
    ${GetParameters} $R0
    ClearErrors
    ${WordFind2X} $R0 '"/D=' '"' "E+1" $0
    ${IfNot} ${Errors}
      StrCpy $INSTDIR $0
    ${EndIf}
  ${EndIf}
  ${If} $INSTDIR != ""
    StrCpy $Given 1
    StrCpy $0 $INSTDIR
    System::Call 'kernel32::GetFullPathNameW(w r0, i ${NSIS_MAX_STRLEN}, w .r1, p 0) i .r2'
    ${If} $2 <> 0
      StrCpy $INSTDIR $1
    ${EndIf}
    StrCpy $0 $INSTDIR "" -1
    ${If} $0 == "\"
      StrCpy $INSTDIR $INSTDIR -1
    ${EndIf}
  ${EndIf}
FunctionEnd

; Folder, registry and what is installed already, for the scope chosen
Function EnterScope
  ${If} $Scope == machine
    SetShellVarContext all
    StrCpy $0 "$PROGRAMFILES64\${FOLDER}"
  ${Else}
    SetShellVarContext current
    StrCpy $0 "$LOCALAPPDATA\Programs\${FOLDER}"
  ${EndIf}
  ReadRegStr $OldVersion SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} ${FileExists} "$DESKTOP\邮政服务案例台.lnk"
  ${OrIf} ${FileExists} "$DESKTOP\Postal Desk.lnk"
    StrCpy $DesktopIcon 1 ; an upgrade keeps it
  ${EndIf}
  ${If} $Given = 0
    ReadRegStr $INSTDIR SHCTX "${OWN_KEY}" "InstallDir"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR $0
    ${EndIf}
  ${EndIf}
FunctionEnd

Function CheckVersion
  ${If} $OldVersion != ""
    ${VersionCompare} $OldVersion "${VERSION}" $0
    ${If} $0 = 1
      !insertmacro STOP ${NEWER_INSTALLED} "$(NEWER_INSTALLED)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ChooseWelcome
  Call CheckVersion
  StrCpy $Control "$(WELCOME)"
  ${If} $OldVersion == "${VERSION}"
    StrCpy $Control "$(WELCOME_REPAIR)"
  ${ElseIf} $OldVersion != ""
    StrCpy $Control "$(WELCOME_UPGRADE)"
  ${EndIf}
FunctionEnd

Function OptionsPage
  !insertmacro MUI_HEADER_TEXT "$(OPTIONS_TITLE)" "$(OPTIONS_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 8u 100% 14u "$(FOR_ME)"
  Pop $Control
  ${NSD_CreateRadioButton} 0 26u 100% 14u "$(FOR_ALL)"
  Pop $ForAll
  ${NSD_CreateCheckBox} 0 56u 100% 14u "$(DESKTOP_ICON)"
  Pop $IconBox
  ${If} $Scope == machine
    ${NSD_Check} $ForAll
    ${NSD_SetFocus} $ForAll
  ${Else}
    ${NSD_Check} $Control
    ${NSD_SetFocus} $Control
  ${EndIf}
  ${If} $DesktopIcon = 1
    ${NSD_Check} $IconBox
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function LeaveOptions
  ${NSD_GetState} $IconBox $DesktopIcon
  ${NSD_GetState} $ForAll $0
  StrCpy $1 user
  ${If} $0 = ${BST_CHECKED}
    StrCpy $1 machine
  ${EndIf}
  ${If} $1 == machine
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      ; Windows asks for the rights; the installer that gets them starts anew
      StrCpy $2 en
      ${If} $LANGUAGE = ${LANG_SIMPCHINESE}
        StrCpy $2 zh_CN
      ${EndIf}
      StrCpy $2 "/AllUsers /LANG=$2"
      ${If} $Given = 1
        StrCpy $2 "$2 /D=$INSTDIR"
      ${EndIf}
      ClearErrors
      ExecShell "runas" "$EXEPATH" "$2"
      ${If} ${Errors}
        MessageBox MB_OK|MB_ICONEXCLAMATION "$(NEEDS_RIGHTS)"
        Abort
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
  ${If} $1 != $Scope
    StrCpy $Scope $1
    Call EnterScope
    Call CheckVersion
  ${EndIf}
FunctionEnd

; The new files are written beside the old ones and take their place by renaming: whatever goes wrong before, the old program
; is still there and whole.
Section
  Call CloseProgram
  RMDir /r "$INSTDIR\incoming"
  ClearErrors
  SetOutPath "$INSTDIR\incoming"
  SetOverwrite on
  AllowSkipFiles off
  File /r "${PROGRAM}\*"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\incoming"
    RMDir "$INSTDIR"
    !insertmacro STOP ${NOT_WRITTEN} "$(CANT_WRITE)"
  ${EndIf}

  RMDir /r "$INSTDIR\outgoing"
  CreateDirectory "$INSTDIR\outgoing"
  ClearErrors
  !macro MOVE from to name
    ${If} ${FileExists} "${from}\${name}"
      Rename "${from}\${name}" "${to}\${name}"
    ${EndIf}
  !macroend
  !macro MOVE_ALL from to
    !insertmacro MOVE "${from}" "${to}" "_internal"
    !insertmacro MOVE "${from}" "${to}" "${WINDOW_EXE}"
    !insertmacro MOVE "${from}" "${to}" "${COMMAND_EXE}"
    !insertmacro MOVE "${from}" "${to}" "LICENSE.txt"
    !insertmacro MOVE "${from}" "${to}" "LICENCES.txt"
  !macroend
  !insertmacro MOVE_ALL "$INSTDIR" "$INSTDIR\outgoing"
  ${IfNot} ${Errors}
    !insertmacro MOVE_ALL "$INSTDIR\incoming" "$INSTDIR"
  ${EndIf}
  ${If} ${Errors}
    !insertmacro MOVE_ALL "$INSTDIR\outgoing" "$INSTDIR" ; a name that is taken already stays as it is
    RMDir "$INSTDIR\outgoing"
    RMDir /r "$INSTDIR\incoming"
    !insertmacro STOP ${NOT_WRITTEN} "$(CANT_REPLACE)"
  ${EndIf}
  RMDir "$INSTDIR\incoming"
  RMDir /r "$INSTDIR\outgoing"

  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call WriteShortcuts
  Call WriteRegistry
SectionEnd

; Shortcuts carry the name in the language of the installer; those of the other language would be left behind
Function WriteShortcuts
  !macro DELETE_SHORTCUTS
    Delete "$SMPROGRAMS\邮政服务案例台.lnk"
    Delete "$SMPROGRAMS\Postal Desk.lnk"
    Delete "$DESKTOP\邮政服务案例台.lnk"
    Delete "$DESKTOP\Postal Desk.lnk"
  !macroend
  !insertmacro DELETE_SHORTCUTS
  CreateShortCut "$SMPROGRAMS\$(PRODUCT).lnk" "$INSTDIR\${WINDOW_EXE}"
  ${If} $DesktopIcon = 1
    CreateShortCut "$DESKTOP\$(PRODUCT).lnk" "$INSTDIR\${WINDOW_EXE}"
  ${EndIf}
FunctionEnd

Function WriteRegistry
  WriteRegStr SHCTX "${OWN_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "$(PRODUCT)"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_EXE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "Postal Desk contributors"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1 ; repairing is running the installer again
  WriteRegStr SHCTX "${PATHS_KEY}" "" "$INSTDIR\${COMMAND_EXE}"
  ; Reserved for packages that desks exchange: they have name and icon, and nothing to open them with yet
  WriteRegStr SHCTX "${CLASSES}\${PACKAGE_EXTENSION}" "" "${PACKAGE_CLASS}"
  WriteRegStr SHCTX "${CLASSES}\${PACKAGE_CLASS}" "" "$(PACKAGE_TYPE)"
  WriteRegStr SHCTX "${CLASSES}\${PACKAGE_CLASS}\DefaultIcon" "" "$INSTDIR\${WINDOW_EXE},0"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; file types have changed
FunctionEnd

; -- uninstalling ------------------------------------------------------------------------------------------------

Function un.onInit
  !insertmacro SHOW_LANGUAGE
  SetRegView 64
  StrCpy $Scope user
  ReadRegStr $0 HKLM "${OWN_KEY}" "InstallDir"
  ${If} $0 == $INSTDIR
    StrCpy $Scope machine
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      ${IfNot} ${Silent}
        ExecShell "runas" "$EXEPATH" "_?=$INSTDIR"
      ${EndIf}
      SetErrorLevel ${NEEDS_RIGHTS}
      Quit
    ${EndIf}
  ${EndIf}
  SetShellVarContext current
  StrCpy $Desks "$LOCALAPPDATA\${FOLDER}"
  StrCpy $DeleteDesks 0
  ClearErrors
  ${GetParameters} $R0
  ${GetOptions} $R0 "/DeleteDesks" $R1
  ${IfNot} ${Errors}
    StrCpy $DeleteDesks 1
  ${EndIf}
FunctionEnd

Function un.DesksPage
  !insertmacro MUI_HEADER_TEXT "$(DESKS_TITLE)" "$(DESKS_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${If} ${FileExists} "$Desks\*"
    ${NSD_CreateLabel} 0 4u 100% 12u "$(DESKS_TEXT)"
    Pop $0
    ${NSD_CreateText} 0 18u 100% 13u "$Desks"
    Pop $0
    SendMessage $0 ${EM_SETREADONLY} 1 0
    ${NSD_CreateLabel} 0 38u 100% 20u "$(DESKS_ELSEWHERE)"
    Pop $0
    ${NSD_CreateCheckBox} 0 72u 100% 14u "$(DELETE_DESKS)"
    Pop $DeleteBox
  ${Else}
    StrCpy $DeleteBox ""
    ${NSD_CreateLabel} 0 4u 100% 12u "$(NO_DESKS)"
    Pop $0
    ${NSD_CreateLabel} 0 20u 100% 20u "$(DESKS_ELSEWHERE)"
    Pop $0
  ${EndIf}
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(^UninstallBtn)"
  nsDialogs::Show
FunctionEnd

Function un.LeaveDesks
  StrCpy $DeleteDesks 0
  ${If} $DeleteBox != ""
    ${NSD_GetState} $DeleteBox $0
    ${If} $0 = ${BST_CHECKED}
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(SURE)" IDNO +2
      StrCpy $DeleteDesks 1
    ${EndIf}
  ${EndIf}
FunctionEnd

Section Uninstall
  Call un.CloseProgram
  ${If} $Scope == machine
    SetShellVarContext all
  ${EndIf}
  !insertmacro DELETE_SHORTCUTS
  Delete "$INSTDIR\${WINDOW_EXE}"
  Delete "$INSTDIR\${COMMAND_EXE}"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\LICENCES.txt"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\incoming"
  RMDir /r "$INSTDIR\outgoing"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "${OWN_KEY}"
  DeleteRegKey SHCTX "${PATHS_KEY}"
  DeleteRegKey SHCTX "${CLASSES}\${PACKAGE_CLASS}"
  DeleteRegKey SHCTX "${CLASSES}\${PACKAGE_EXTENSION}"
  ${If} $DeleteDesks = 1
    RMDir /r "$Desks"
  ${EndIf}
  ; Last of all: whoever waits for the folder to be gone may then install anew
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR" ; only if nothing else is in it
SectionEnd
