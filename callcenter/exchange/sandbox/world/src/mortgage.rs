//! What land secures: the second part of the real-estate register (을구).

use crate::{Bilingual, Date, Owner, Parcel, TitleReason, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mortgage {
    pub on: Date,
    /// Number of its receipt in the year.
    pub receipt: u32,
    pub creditor: Bilingual,
    pub debtor: String,
    pub maximum_won: u64,
    pub cancelled: Option<Date>,
}

/// Before, the register was a book.
const SINCE: Date = Date(10_957);

const BANKS: [(&str, &str); 3] = [
    ("주식회사 한빛은행", "Hanbit Bank Co., Ltd."),
    ("가온새마을금고", "Gaon Community Credit"),
    ("너울수산업협동조합", "Neoul Fisheries Cooperative"),
];

impl World {
    /// Mortgages on a parcel, oldest first; each bought with money that was lent.
    pub fn mortgages(&self, parcel: &Parcel) -> Vec<Mortgage> {
        let mut draw = self.dice("mortgages", parcel.id.0);
        let mut found = Vec::new();
        let bought = parcel
            .titles
            .iter()
            .filter(|it| it.reason == TitleReason::Sale);
        for title in bought.filter(|it| it.on >= SINCE) {
            let Some(share) = title.owners.first() else {
                continue;
            };
            let private = match share.owner {
                Owner::Person(_) | Owner::Company(_) => true,
                Owner::City | Owner::State | Owner::Stranger { .. } => false,
            };
            if !private || !draw.in_thousand(600) {
                continue;
            }
            let ended = title.on.plus_months(draw.between(30, 240));
            found.push(Mortgage {
                on: title.on,
                receipt: u32::try_from(draw.between(1_000, 89_000)).unwrap_or(1_000),
                creditor: Bilingual::from(draw.pick(&BANKS)),
                debtor: self.owner_text(&share.owner).0,
                maximum_won: draw.amount(36_000_000, 480_000_000, 1_200_000),
                cancelled: (ended <= self.today()).then_some(ended),
            });
        }
        found
    }
}
