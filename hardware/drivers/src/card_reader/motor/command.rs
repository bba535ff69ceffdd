//! What a motor card reader is told to do (CRT-591-M001, 2.1.1 and 3.1).

use std::time::Duration;

/// Each may be sent twice: a card that is at the gate stays there, a stripe is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Initialise; a card that is inside goes to the gate.
    Reset,
    Status,
    /// Move the card to the gate and hold it there.
    GiveBack,
    /// Let the next card with a stripe in, as far as its head.
    OpenSlot,
    ShutSlot,
    ReadTracks,
}

struct Row {
    command: Command,
    /// The command and its parameter.
    code: [u8; 2],
    /// How long what it sets off may take.
    takes: Duration,
}

const TABLE: [Row; 6] = [
    // After the power has come back the unit looks for its speed, too (3.1.1).
    row(Command::Reset, *b"00", 30),
    row(Command::Status, *b"10", 2),
    row(Command::GiveBack, *b"20", 15),
    row(Command::OpenSlot, *b"32", 2),
    row(Command::ShutSlot, *b"30", 2),
    row(Command::ReadTracks, *b"67", 8),
];

const fn row(command: Command, code: [u8; 2], seconds: u64) -> Row {
    Row {
        command,
        code,
        takes: Duration::from_secs(seconds),
    }
}

impl Command {
    fn row(self) -> &'static Row {
        let row = TABLE.iter().find(|row| row.command == self);
        row.expect("the table has a row for each")
    }

    pub(super) fn code(self) -> [u8; 2] {
        self.row().code
    }

    pub(super) fn takes(self) -> Duration {
        self.row().takes
    }

    /// The text of its frame.
    pub(super) fn text(self) -> [u8; 3] {
        let [command, parameter] = self.code();
        [b'C', command, parameter]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_has_a_row_of_its_own() {
        for row in &TABLE {
            assert_eq!(row.command.code(), row.code);
            let same = TABLE.iter().filter(|it| it.code == row.code);
            assert_eq!(same.count(), 1);
        }
    }
}
