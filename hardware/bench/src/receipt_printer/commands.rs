//! The ESC/POS commands this printer understands (Epson ESC/POS reference).

use super::ROW_BYTES;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Reset,
    StatusBack(bool),
    Raster(Vec<[u8; ROW_BYTES]>),
    Feed(u8),
    Cut,
    Fence,
}

pub(super) enum Read {
    Command(Command),
    AskPaper,
    AskOnline,
}

/// Collects bytes until they are a command.
#[derive(Default)]
pub(super) struct Parser {
    bytes: Vec<u8>,
}

impl Parser {
    pub(super) fn read(&mut self, byte: u8) -> Option<Read> {
        self.bytes.push(byte);
        let read = match self.bytes[..] {
            [0x1b, b'@'] => Read::Command(Command::Reset),
            [0x1b, b'd', lines] => Read::Command(Command::Feed(lines)),
            [0x10, 0x04, 1] => Read::AskOnline,
            [0x10, 0x04, _] => Read::AskPaper,
            [0x1d, b'a', kinds] => Read::Command(Command::StatusBack(kinds != 0)),
            [0x1d, b'r', _] => Read::Command(Command::Fence),
            [0x1d, b'V', 0 | 1 | b'0' | b'1'] | [0x1d, b'V', b'A' | b'B', _] => {
                Read::Command(Command::Cut)
            }
            [
                0x1d,
                b'v',
                b'0',
                _,
                wide,
                wider,
                high,
                higher,
                ref dots @ ..,
            ] => {
                let width = usize::from(u16::from_le_bytes([wide, wider]));
                let height = usize::from(u16::from_le_bytes([high, higher]));
                if dots.len() < width * height {
                    return None;
                }
                Read::Command(Command::Raster(rows(dots, width)))
            }
            [0x1b | 0x10 | 0x1d] | [0x1b, b'd'] | [0x10, 0x04] => return None,
            [0x1d, b'a' | b'r' | b'V' | b'v', ..] => return None,
            _ => {
                // Not a command of ours: a real printer would print it as text.
                self.bytes.clear();
                return None;
            }
        };
        self.bytes.clear();
        Some(read)
    }
}

fn rows(dots: &[u8], width: usize) -> Vec<[u8; ROW_BYTES]> {
    let row = |bytes: &[u8]| {
        let mut row = [0; ROW_BYTES];
        let count = bytes.len().min(ROW_BYTES);
        row[..count].copy_from_slice(&bytes[..count]);
        row
    };
    dots.chunks(width.max(1)).map(row).collect()
}
