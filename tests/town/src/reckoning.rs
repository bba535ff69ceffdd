//! Three books of a kiosk side by side: what its devices have counted, what its journal says,
//! and where the money went.

use std::{collections::BTreeSet, fmt};

use request::{PaperState, ServiceRequest};

use crate::town::{KIOSKS, Town};

/// The books of one kiosk, in sheets and won. What no device can prove has columns of its own,
/// each held to what the journal itself says is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoning {
    pub kiosk: String,
    /// Sheets that the printer put out.
    pub sheets: usize,
    /// Papers that the journal says were issued.
    pub issued: usize,
    /// Sheets of numbers that the journal has voided: nothing proved that they came out.
    pub void_sheets: usize,
    /// The fees of what was issued…
    pub due_won: i64,
    /// …as they were charged, and those that could not be.
    pub captured_won: i64,
    pub waived_won: i64,
    /// What came into boxes and off cards, less what went out again, as the devices have it.
    pub kept_won: i64,
    /// Owed to who holds a ticket, less what was paid for another kiosk's.
    pub owed_won: i64,
    /// Coins and notes the devices could not tell of any more.
    pub untold_won: i64,
    /// Owed, though it went out or never came in.
    pub doubtful_won: i64,
    /// The most of that by the journal.
    pub unknown_won: i64,
    /// A device told of more than is written.
    told_unwritten: bool,
}

impl Reckoning {
    fn papers_agree(&self) -> bool {
        self.sheets == self.issued + self.void_sheets
    }

    fn fees_agree(&self) -> bool {
        self.due_won == self.captured_won + self.waived_won
    }

    fn money_agrees(&self) -> bool {
        !self.told_unwritten
            && self.doubtful_won <= self.unknown_won
            && self.kept_won
                == self.captured_won + self.owed_won + self.untold_won - self.doubtful_won
    }
}

impl fmt::Display for Reckoning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.kiosk)?;
        writeln!(
            f,
            "  {} sheets counted = {} issued + {} of void numbers",
            self.sheets, self.issued, self.void_sheets
        )?;
        writeln!(
            f,
            "  {} won of fees = {} charged + {} waived",
            self.due_won, self.captured_won, self.waived_won
        )?;
        write!(
            f,
            "  {} won kept = {} charged + {} owed + {} untold - {} in doubt (of {} unknown)",
            self.kept_won,
            self.captured_won,
            self.owed_won,
            self.untold_won,
            self.doubtful_won,
            self.unknown_won
        )
    }
}

impl Town {
    /// Compares the books of every kiosk; to be asked in the evening.
    pub(crate) fn reckoning(&mut self) -> Vec<Reckoning> {
        let books: Vec<Reckoning> = (0..KIOSKS).filter_map(|at| self.books_of(at)).collect();
        for row in &books {
            for (law, holds) in [
                ("every sheet is in the journal", row.papers_agree()),
                ("every fee is charged or waived", row.fees_agree()),
                ("every won is in the journal", row.money_agrees()),
            ] {
                self.require(law, holds, || row.to_string());
            }
        }
        books
    }

    fn books_of(&self, at: usize) -> Option<Reckoning> {
        let station = &self.stations[at];
        let kiosk = station.kiosk()?;
        // As the journal has them on its disk, whatever the town remembers.
        let ids = station.written.requests.keys();
        let requests: Vec<ServiceRequest> = ids
            .filter_map(|id| station.journal.request(id).ok().flatten())
            .collect();
        let sum = |of: fn(&ServiceRequest) -> u32| -> i64 {
            requests.iter().map(|it| i64::from(of(it))).sum()
        };
        let numbers = |wanted: PaperState| -> BTreeSet<&str> {
            let documents = requests.iter().flat_map(|it| &it.paper.documents);
            documents
                .filter(|(_, state)| *state == wanted)
                .map(|(document, _)| document.number.as_str())
                .collect()
        };
        let (issued, void) = (numbers(PaperState::Issued), numbers(PaperState::Spoiled));
        let sheets = &kiosk.printer.sheets;

        let (cash, terminal) = (&kiosk.cash, &kiosk.terminal);
        let of_cards = |them: &[(String, u32)]| them.iter().map(|it| i64::from(it.1)).sum::<i64>();
        let (in_won, out_won) = (i64::from(cash.in_won), i64::from(cash.out_won));
        let (charged_won, reversed_won) =
            (of_cards(&terminal.charged), of_cards(&terminal.reversed));
        let untold_won = i64::from(cash.unwritten_won()) + i64::from(cash.lost_won());
        let doubts_won = [
            // Notes that were believed to lie in the stacker.
            sum(|it| it.money.cash_taken_won()) + untold_won - in_won,
            out_won - sum(|it| it.money.cash_paid_out_won()),
            sum(|it| it.money.card.taken_won) - charged_won,
            reversed_won - sum(|it| it.money.card.reversed_won),
        ];
        Some(Reckoning {
            kiosk: station.id.to_string(),
            sheets: sheets.len(),
            issued: issued.len(),
            void_sheets: sheets
                .iter()
                .filter(|it| void.contains(it.as_str()))
                .count(),
            due_won: sum(|it| {
                let issued = u32::try_from(it.paper.count(PaperState::Issued));
                it.fee.as_ref().map_or(0, |fee| fee.unit_won) * issued.unwrap_or(u32::MAX)
            }),
            captured_won: sum(|it| it.money.captured_won),
            waived_won: sum(|it| it.money.waived_won),
            kept_won: in_won - out_won + charged_won - reversed_won,
            owed_won: sum(|it| it.money.owed_won) - sum(|it| it.money.credited_won),
            untold_won,
            doubtful_won: doubts_won.iter().sum(),
            unknown_won: i64::from(station.written.unknown_won),
            told_unwritten: doubts_won.iter().any(|it| *it < 0),
        })
    }
}
