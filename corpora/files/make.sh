#!/usr/bin/env bash
# Makes the files of this folder again, each by the program that people make it with.
# Needs pandoc, LibreOffice, Chromium, poppler-utils, img2pdf, Tesseract, Python 3, zip, tar and gzip,
# and the Python package aspose-email-foss for Outlook's messages.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
office() { soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to "$2" --outdir "$work" "$1" >/dev/null; }
mkdir -p markdown html docx odt rtf tei pdf mail outlook alto hocr picture archive jsonl

cp letter.md markdown/pandoc.md
for to in html docx odt rtf tei; do
  pandoc -s -f markdown-smart -t $to --metadata pagetitle=Letter --wrap=preserve letter.md -o $to/pandoc.$to
done
rm -f "$work"/letter.*
cp odt/pandoc.odt "$work/letter.odt"
office "$work/letter.odt" docx && cp "$work/letter.docx" docx/libreoffice.docx
office "$work/letter.odt" rtf && cp "$work/letter.rtf" rtf/libreoffice.rtf
office "$work/letter.odt" pdf && cp "$work/letter.pdf" pdf/libreoffice.pdf
office "$work/letter.odt" html && cp "$work/letter.html" html/libreoffice.html
office "$work/letter.odt" fodt && cp "$work/letter.fodt" odt/libreoffice.fodt
office "$work/letter.docx" odt && cp "$work/letter.odt" odt/libreoffice.odt
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$PWD/pdf/chromium.pdf" "file://$PWD/html/pandoc.html" 2>/dev/null

pdftoppm -r 200 -gray -png -singlefile pdf/libreoffice.pdf "$work/page"
(cd "$work" && tesseract page.png page -l eng alto && tesseract page.png page -l eng hocr) 2>/dev/null
cp "$work/page.xml" alto/tesseract.xml
cp "$work/page.hocr" hocr/tesseract.hocr
pdftoppm -r 200 -mono -png -singlefile pdf/libreoffice.pdf picture/poppler
img2pdf --nodate picture/poppler.png -o pdf/img2pdf.pdf

python3 - <<'PY'
import json, mailbox, os, shutil
from email.message import EmailMessage
from email.utils import format_datetime
from datetime import datetime, timezone, timedelta

letter = open("../letters/en-official-harbour-board.txt", encoding="utf-8").read()
html = open("html/pandoc.html", encoding="utf-8").read()

def message(subject):
    m = EmailMessage()
    m["From"] = "Zoë Armitage <z.armitage@skerran.example>"
    m["To"] = '"Lights, Northern" <secretary@lights.example>, boats@lights.example'
    m["Date"] = format_datetime(datetime(2010, 3, 4, 23, 52, tzinfo=timezone(timedelta(hours=-5))))
    m["Subject"] = subject
    m["Message-ID"] = "<h14392@skerran.example>"
    return m

plain = message("The unlit perch")
plain.set_content(letter)
open("mail/plain.eml", "wb").write(plain.as_bytes())

both = message("Das unbeleuchtete Seezeichen – Übersetzung")
both.set_content(letter, cte="base64")
both.add_alternative(html, subtype="html", cte="quoted-printable")
open("mail/alternative.eml", "wb").write(both.as_bytes())

only = message("As a page")
only.set_content(html, subtype="html", cte="quoted-printable")
open("mail/html-only.eml", "wb").write(only.as_bytes())

attached = message("Letter attached")
attached.set_content("Dear all,\n\nthe letter is attached.\n\nZoë\n")
attached.add_attachment(open("docx/libreoffice.docx", "rb").read(), maintype="application",
    subtype="vnd.openxmlformats-officedocument.wordprocessingml.document", filename="letter.docx")
attached.add_attachment(plain)
open("mail/attached.eml", "wb").write(attached.as_bytes())

reply = message("RE: The unlit perch")
reply.set_content("Dear Zoë,\n\nthank you; the buoy will be laid in June.\n\nEwan\n\n"
    "On Thursday, 4 March 2010, Zoë Armitage wrote:\n" +
    "".join("> " + line + "\n" for line in letter.splitlines()))
open("mail/reply.eml", "wb").write(reply.as_bytes())

if os.path.exists("mail/three.mbox"): os.remove("mail/three.mbox")
box = mailbox.mbox("mail/three.mbox")
escaped = message("A line that begins with From")
escaped.set_content("Sir,\n\nFrom Oban no boat has come.\n\nZoë\n")
for m in (plain, escaped, reply): box.add(m)
box.flush(); box.close()
shutil.rmtree("mail/maildir", ignore_errors=True)
folder = mailbox.Maildir("mail/maildir")
folder.add(plain); folder.flush()
for part in ("new", "cur", "tmp"):
    for name in os.listdir("mail/maildir/" + part):
        os.rename(f"mail/maildir/{part}/{name}", f"mail/maildir/{part}/1267764720.M1P1.skerran")
    open(f"mail/maildir/{part}/.keep", "w").close()

with open("jsonl/python.jsonl", "w", encoding="utf-8") as out:
    print(json.dumps({"id": "harbour", "lang": "en", "text": letter}), file=out)
    print(json.dumps({"id": "wien", "text": "Wien, 3. März 1848.\n\nLieber Emil,"}, ensure_ascii=False), file=out)
PY

# needs aspose-email-foss from PyPI
python3 - <<'PY'
import email, email.policy
from aspose.email_foss import msg

for name in ("plain", "html-only", "attached"):
    with open(f"mail/{name}.eml", "rb") as file:
        parsed = email.message_from_bytes(file.read(), policy=email.policy.default)
    with msg.MapiMessage.from_email_message(parsed) as message:
        message.save(f"outlook/{name}.msg")
PY

rm -f archive/*
zip -q -j archive/letters.zip docx/libreoffice.docx html/pandoc.html mail/three.mbox
tar --sort=name --owner=0 --group=0 --numeric-owner -czf archive/letters.tar.gz odt/pandoc.odt rtf/libreoffice.rtf markdown/pandoc.md
