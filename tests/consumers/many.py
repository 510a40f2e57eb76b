"""Makes a page of many events from one of few, with its rows again and again over 50 years. Usage: many.py FROM TO COUNT"""

import re
import sys

source, target, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = open(source, encoding="utf-8").read()
first, last = text.index("<tbody>"), text.rindex("</tbody>") + len("</tbody>\n")
rows = re.findall(r"<tr id=.*?</tr>\n", text[first:last], re.S)
with open(target, "w", encoding="utf-8") as out:
    out.write(text[:first])
    for i in range(count):
        if i % 50 == 0:
            out.write("</tbody>\n<tbody>\n" if i else "<tbody>\n")
        day = i * 18250 // count

        def moved(match):
            return f'{match[1]}="{day + int(match[2]) % 3}"'

        row = re.sub(r'(data-[ft])="(-?\d+)"', moved, rows[i % len(rows)])
        out.write(re.sub(r'id="e\d+"', f'id="e{i}"', row, count=1))
    out.write("</tbody>\n" + text[last:])
