# Makes installer, zip and sums in dist\ on a Windows PC with Python 3.11 (64-bit, python.org) and NSIS.
# In a command window:  powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 [-Try]
# -Try then installs the package silently for this user, runs its self-test and uninstalls it again.
param([switch]$Try)
. (Join-Path (Split-Path -Parent $PSScriptRoot) 'setup.ps1')

$Work = Join-Path $Root 'build\package'
$WorkPython = Join-Path $Work 'Scripts\python.exe'
$Out = Join-Path $Root 'dist'

function Invoke-Setup([string]$Program, [string[]]$Arguments) {
    # Windows programs are not waited for by the call operator.
    $process = Start-Process -FilePath $Program -ArgumentList $Arguments -Wait -PassThru
    if ($process.ExitCode -ne 0) { Stop-With "$Program $($Arguments -join ' ') ended with code $($process.ExitCode)" }
}

# With 3.11, as everything handed on is, whatever newer ones are there too; $env:PYTHON goes before.
$python = @(if (-not $env:PYTHON -and (Test-Python @('py', '-3.11'))) { 'py', '-3.11' } else { Find-Python })
$options = @($python | Select-Object -Skip 1)
Say "Making the building environment with $python"
Invoke-Checked $python[0] ($options + @('-m', 'venv', '--clear', $Work))
$lock = Join-Path $Root 'packaging\requirements-package.lock'
Invoke-Checked $WorkPython @('-m', 'pip', '--disable-pip-version-check', '-q', 'install', '--require-hashes', '-r', $lock)

Say 'Building'
Invoke-Checked $WorkPython @((Join-Path $Root 'packaging\build.py'), 'windows', '--out', $Out)

if ($Try) {
    $program = Join-Path $env:LOCALAPPDATA 'Programs\PostalDesk'
    if (Test-Path -LiteralPath $program) { Stop-With "$program is installed already; uninstall it before trying another one" }
    Say 'Installing'
    Invoke-Setup (Join-Path $Out 'PostalDesk-Setup.exe') @('/S')
    Say 'Self-test'
    $env:POSTAL_DESK_SELFTEST_PICTURE = Join-Path $Out 'window.png'
    Invoke-Checked (Join-Path $program 'postal-desk.exe') @('--lang', 'en', 'selftest')
    Say 'Uninstalling'
    Invoke-Setup (Join-Path $program 'uninstall.exe') @('/S')
    # The uninstaller goes on in a copy of itself.
    $deadline = (Get-Date).AddSeconds(60)
    while ((Test-Path -LiteralPath $program) -and (Get-Date) -lt $deadline) { Start-Sleep -Milliseconds 500 }
    if (Test-Path -LiteralPath $program) { Stop-With "$program was not removed" }
}
Say "Done: $Out"
