#!/bin/sh
# Makes the archive that the README describes: make.sh PROGRAM FOLDER
set -eu
program=$(realpath "$1")
mkdir -p "$2"
archive=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LETTERBOOK_WHO=Editor SOURCE_DATE_EPOCH=1767323045
cat > harbour.txt <<'LETTER'
Whitby, 4 June 1888

Dear Mrs. Harker,

I thank you for your letter of the 1st and enclose the list of tides.

Yours very truly,
Josiah Swales
LETTER
cat > reply.txt <<'LETTER'
London, 7 June 1888

Dear Mr. Swales,

Your letter of the 4th has come, and I thank you for the tides.

Yours truly,
Wilhelmina Harker
LETTER
cat > note.txt <<'LETTER'
Wien, den 3. Jänner 1848

Verehrter Freund!

Den dritten Theil der Briefe habe ich mit Dank empfangen.

Ihr ergebener
Franz Gruber
LETTER
printf '\211PNG\r\n\032\n\000\000\000\rIHDR\000\000' > scan.txt
run() { "$program" "$@" --archive "$archive"; }
run add harbour.txt reply.txt note.txt scan.txt --quiet 2> /dev/null || true
run edit 1 date 1888-06-05 --why 'the postmark'
run edit 1 sender --confirm
sed -i 's/7 June/8 June/' reply.txt
echo 'Not of this series.' > extra.txt
run add reply.txt extra.txt --quiet
run remove extra.txt --why 'belongs to another series'
cp harbour.txt copy.txt
run add copy.txt --quiet
run verify --quiet
