"""Opens the HTML export in headless Chromium without further programs: it must show its rows. Usage: paint.py FOLDER CHROMIUM"""

import re
import subprocess
import sys
from pathlib import Path

folder, chromium = Path(sys.argv[1]), sys.argv[2]
failed = False
for name in ["hundred.html", "many.html"]:
    for scheme in [[], ["--force-dark-mode"]]:
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", *scheme]
        command += ["--enable-logging=stderr", "--dump-dom", f"file://{folder / name}"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
            rows = len(re.findall(r"<tr id=", done.stdout))
            wanted = 100 if name == "hundred.html" else 20_000
            errors = [line for line in done.stderr.splitlines() if "CONSOLE" in line and "rror" in line]
            assert rows == wanted and not errors, f"{rows} of {wanted} rows; {errors}"
            # The script has filled the list of types: it ran to its end.
            assert len(re.findall(r"<option", done.stdout)) > 3, "the script did not run"
            print(f"ok    HTML {name} {'dark' if scheme else 'light'}: {rows} rows, no error")
        except (AssertionError, subprocess.SubprocessError) as error:
            failed = True
            print(f"FAIL  HTML {name}: {error}")
sys.exit(failed)
