#!/bin/sh
# The engine behind the printer: moves one sheet, unless its mood forbids it.
# ippeveprinter reads states and attributes from standard error.
folder=$(dirname "$0")
said=well
while :; do
    mood=$(cat "$folder/mood")
    if [ "$mood" != "$said" ]; then
        case $said in
            paper-out) echo "STATE: -media-empty-error" >&2 ;;
            cover-open) echo "STATE: -cover-open-error" >&2 ;;
        esac
        case $mood in
            paper-out) echo "STATE: +media-empty-error" >&2 ;;
            cover-open) echo "STATE: +cover-open-error" >&2 ;;
            paper-low) echo "STATE: +media-low-warning" >&2 ;;
            jam) echo "STATE: +media-jam-error" >&2; exit 1 ;;
        esac
        said=$mood
    fi
    case $mood in
        well | paper-low) break ;;
        slow) sleep 3; break ;;
    esac
    sleep 0.1
done
cp "$1" "$folder/printed/$IPP_JOB_NAME.pdf"
echo "ATTR: job-impressions-completed=1" >&2
