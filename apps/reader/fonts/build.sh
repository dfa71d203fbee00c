#!/bin/sh
# Cuts the fonts of this folder out of EB Garamond 12 (OFL). The usual web packages of this face leave out
# its small capitals, which scripture needs (LORD).
# Usage: fonts/build.sh <a clone of https://github.com/octaviopardo/EBGaramond12 at e608414f5>
# Needs: pip install fonttools==4.68.0 brotli==1.2.1
set -eu
clone=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

features='kern,liga,ccmp,locl,mark,mkmk,smcp,c2sc,onum,lnum,pnum,tnum'
basic='U+20-7E,U+A0,U+A7,U+A9,U+B6,U+B7,U+C6,U+D7,U+E6,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2026,U+2190-2193,U+2767'
extended='U+AB,U+BB-BE,U+C0-C5,U+C7-D6,U+D8-E5,U+E7-17F,U+1E16,U+1E17,U+1E50-1E53,U+1E6C,U+1E6D,U+2BB,U+2BC,U+2BE,U+2BF,U+1D49,U+2E2,U+2020,U+2039,U+203A'
greek='U+20,U+2C,U+2E,U+B7,U+300-345,U+370-3FF,U+1F00-1FFF'

cut() { # source name, style, part, characters
  fonttools varLib.instancer "$clone/fonts/variable/$1" wght=400:600 -q -o "$work/$2.ttf"
  pyftsubset "$work/$2.ttf" --unicodes="$4" --layout-features="$features" --flavor=woff2 \
    --output-file="$here/eb-garamond-$2-$3.woff2"
}

cut 'EBGaramond[wght].ttf' roman basic "$basic"
cut 'EBGaramond[wght].ttf' roman extended "$extended"
cut 'EBGaramond[wght].ttf' roman greek "$greek"
cut 'EBGaramond-Italic[wght].ttf' italic basic "$basic"
cut 'EBGaramond-Italic[wght].ttf' italic extended "$extended"
