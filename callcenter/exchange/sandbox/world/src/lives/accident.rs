//! An accident at work, and what was paid for it.

use serde::Serialize;

use crate::{Bilingual, CompanyId, Date, Person, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accident {
    pub company: CompanyId,
    pub on: Date,
    pub injury: Bilingual,
    pub approved: Date,
    /// Of the approval.
    pub number: String,
    pub payments: Vec<BenefitPayment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenefitPayment {
    pub kind: BenefitKind,
    pub from: Date,
    pub until: Date,
    pub paid: Date,
    pub won: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    /// Of treatment (요양급여).
    MedicalCare,
    /// For wages that were not earned (휴업급여).
    LostWages,
    /// For what stays (장해급여).
    Disability,
}

impl BenefitKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::MedicalCare => Bilingual::of("요양급여", "Medical care"),
            Self::LostWages => Bilingual::of("휴업급여", "Temporary incapacity"),
            Self::Disability => Bilingual::of("장해급여", "Disability"),
        }
    }
}

const INJURIES: [(&str, &str); 4] = [
    ("우측 손가락 열상", "Cut of a right finger"),
    ("요추 염좌", "Sprain of the lower back"),
    ("좌측 발목 골절", "Fracture of the left ankle"),
    ("우측 전완부 화상", "Burn of the right forearm"),
];

/// Out of a thousand who have worked.
const INJURED: usize = 70;

impl World {
    /// Paid for as far as time has gone.
    pub fn accident(&self, person: &Person) -> Option<Accident> {
        let mut draw = self.dice("accident", person.id.0);
        let jobs = self.career(person);
        if jobs.is_empty() || !draw.in_thousand(INJURED) {
            return None;
        }
        let job = draw.pick(&jobs);
        let last = job.until.unwrap_or(self.today());
        let on = draw.day(job.from, last);
        let approved = on.plus_days(draw.between(12, 40));
        let back = on.plus_days(draw.between(20, 160));
        let daily = job.monthly_won / 30;
        let days = u64::try_from(back.0 - on.0).unwrap_or(0);
        let mut payments = vec![
            (
                BenefitKind::MedicalCare,
                draw.amount(200_000, 6_000_000, 10),
            ),
            (BenefitKind::LostWages, daily * days * 70 / 100 / 10 * 10),
        ];
        if draw.in_thousand(250) {
            payments.push((BenefitKind::Disability, daily * 90 / 10 * 10));
        }
        let paid = back.max(approved).plus_days(14);
        let alive = person.alive_on(paid);
        (paid <= self.today() && alive).then(|| Accident {
            company: job.company,
            on,
            injury: Bilingual::from(draw.pick(&INJURIES)),
            approved,
            number: format!("{}-{:06}", approved.year(), person.id.0 + 100_003),
            payments: payments
                .into_iter()
                .map(|(kind, won)| BenefitPayment {
                    kind,
                    from: on,
                    until: back,
                    paid,
                    won,
                })
                .collect(),
        })
    }
}
