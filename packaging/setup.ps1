# Shared by run.ps1 and test.ps1: the Windows counterpart of setup.sh. Dot-sourced, not run.
# Written for Windows PowerShell 5.1 and later; plain ASCII, because 5.1 reads a file in the code page of the machine.
# Set $env:PYTHON to choose the interpreter (3.11 or newer).

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Root = Split-Path -Parent $PSScriptRoot
$Venv = Join-Path $Root '.venv'
$VenvPython = Join-Path $Venv 'Scripts\python.exe'
$Stamp = Join-Path $Venv '.installed'

function Say([string]$Text) { Write-Host "==> $Text" }

function Stop-With([string]$Text) {
    Write-Host "Stopped: $Text" -ForegroundColor Red
    exit 1
}

# Runs a program; stops the script when it fails, because PowerShell itself does not look at exit codes.
function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { Stop-With "$Program $($Arguments -join ' ') ended with code $LASTEXITCODE" }
}

function Test-Python([string[]]$Command) {
    # 5.1 turns what a program writes to its error stream into an error of the script; here that only means "not this one".
    $ErrorActionPreference = 'SilentlyContinue'
    if (-not (Get-Command $Command[0])) { return $false }
    $options = @($Command | Select-Object -Skip 1) + @('-c', 'import sys; sys.exit(sys.version_info < (3, 11))')
    & $Command[0] @options 2>$null | Out-Null
    return $LASTEXITCODE -eq 0
}

function Find-Python {
    $candidates = @(
        @('py', '-3'), @('py', '-3.13'), @('py', '-3.12'), @('py', '-3.11'), @('python'), @('python3')
    )
    if ($env:PYTHON) { $candidates = @(, @($env:PYTHON)) + $candidates }
    foreach ($candidate in $candidates) {
        if (Test-Python $candidate) { return $candidate }
    }
    Stop-With ('Python 3.11 or newer is needed. Install it from python.org or the Microsoft Store ' +
        '(the 64-bit edition), open a new window and run this again.')
}

function Get-State {
    $files = @('pyproject.toml', 'requirements.lock', 'requirements-dev.lock') | ForEach-Object { Join-Path $Root $_ }
    $hashes = @($files | ForEach-Object { (Get-FileHash -Algorithm SHA256 -LiteralPath $_).Hash })
    return ($hashes + $Root) -join ' '
}

# Install-Project run|dev: nothing to do when locks and project file are those of the last time.
function Install-Project([ValidateSet('run', 'dev')][string]$Kind) {
    $lock = @{ run = 'requirements.lock'; dev = 'requirements-dev.lock' }[$Kind]
    $state = Get-State
    $works = (Test-Path -LiteralPath $VenvPython) -and (Test-Python @($VenvPython))
    if ($works -and (Test-Path -LiteralPath $Stamp)) {
        $installed = Get-Content -LiteralPath $Stamp -Encoding UTF8 -TotalCount 1
        # The dev lock holds the whole of the other one.
        if ($installed -eq "dev $state" -or $installed -eq "$Kind $state") { return }
    }
    if (-not $works) {
        $python = @(Find-Python)
        $options = @($python | Select-Object -Skip 1)
        Say "Making .venv with $python"
        Invoke-Checked $python[0] ($options + @('-m', 'venv', '--clear', $Venv))
    }
    Say "Installing the pinned packages of $lock"
    $pip = @('-m', 'pip', '--disable-pip-version-check', '-q', 'install')
    Invoke-Checked $VenvPython ($pip + @('--require-hashes', '-r', (Join-Path $Root $lock)))
    # The build backend is in the lock, so this asks the network for nothing.
    Invoke-Checked $VenvPython ($pip + @('--no-deps', '--no-build-isolation', '--editable', $Root))
    Set-Content -LiteralPath $Stamp -Encoding UTF8 -Value "$Kind $state"
}
