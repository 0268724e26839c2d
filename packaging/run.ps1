# Installs what is missing and opens a desk with sample cases, apart from any real desk.
# In a command window:  powershell -ExecutionPolicy Bypass -File packaging\run.ps1
. (Join-Path $PSScriptRoot 'setup.ps1')
Install-Project run

# The path may hold any character of the user's name, whatever the code page of the console.
$env:PYTHONIOENCODING = 'utf-8'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
$desk = & $VenvPython -c "from postal_desk import paths; print(paths.default_desk().with_name('demo'))"
if ($LASTEXITCODE -ne 0) { Stop-With 'the installation in .venv does not work; delete that folder and run this again' }
if (-not (Test-Path -LiteralPath $desk)) {
    Say "Making a desk with sample cases in $desk"
    Invoke-Checked $VenvPython @('-m', 'postal_desk', '--desk', $desk, 'demo')
}

Say "Opening the sample desk in $desk"
Invoke-Checked $VenvPython @('-m', 'postal_desk', '--desk', $desk)
