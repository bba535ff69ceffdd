//! What is told of a paper: no more than the public page tells everybody.

use std::time::Duration;

use catalog::Service;
use request::{NotANumber, ServiceId, Timestamp};
use sync::PaperAnswer;

use super::{Judged, SealedPaper};
use crate::visit::{
    Moment, Visit,
    view::{PaperField, PaperHolding, PaperNumber, PaperTold, PaperVerdict},
};

const DAY: Duration = Duration::from_hours(24);

impl Visit {
    pub(in crate::visit) fn paper_holding(&self, unreadable: bool) -> PaperHolding {
        PaperHolding {
            may_scan: self.may_scan_papers(),
            may_type: self.may_ask_about_papers(),
            unreadable,
        }
    }

    pub(in crate::visit) fn paper_number(&self, refusal: Option<NotANumber>) -> PaperNumber {
        PaperNumber {
            text: self.person.entry.text(),
            keyboard: self.person.entry.keyboard(),
            refusal,
        }
    }

    pub(in crate::visit) fn paper_told(&self, now: Moment) -> PaperTold {
        let paper = &self.person.paper;
        let verdict = match &paper.judged {
            None => by_number(paper.answer.as_ref()),
            Some(Judged::Genuine(sealed)) => by_seal(sealed, paper.answer.as_ref()),
            Some(Judged::Altered) => PaperVerdict::Altered,
            Some(Judged::Stranger) => PaperVerdict::Stranger,
            Some(Judged::Damaged) => PaperVerdict::Damaged,
            Some(Judged::NoSeal) => PaperVerdict::NoSeal,
        };
        match paper.sealed() {
            Some(sealed) => self.told_of_seal(verdict, sealed, now),
            None => self.told_of_number(verdict, now),
        }
    }

    fn told_of_seal(&self, verdict: PaperVerdict, sealed: &SealedPaper, now: Moment) -> PaperTold {
        let service = self.catalog.service(&ServiceId::new(&sealed.service));
        let at = |seconds: i64| Timestamp::from_millis(seconds.saturating_mul(1_000));
        let until = at(sealed.expires_at);
        let field = |(name, value): &(String, String)| PaperField {
            name: name.clone(),
            value: value.clone(),
        };
        PaperTold {
            number: sealed.number.to_string(),
            kind: service.map_or_else(|| sealed.service.clone(), |it| self.kind_of(it)),
            issuer: service.map_or_else(|| sealed.issuer.clone(), |it| self.issuer_of(it)),
            issued_on: self.day_of(at(sealed.issued_at)),
            until: self.day_of(until),
            over: until < now.wall,
            fields: sealed.fields.iter().map(field).collect(),
            verdict,
        }
    }

    /// Of a number alone: what the exchange says of it.
    fn told_of_number(&self, verdict: PaperVerdict, now: Moment) -> PaperTold {
        let paper = &self.person.paper;
        let (service, made_at) = match &paper.answer {
            Some(PaperAnswer::Valid { service, made_at })
            | Some(PaperAnswer::Void {
                service, made_at, ..
            }) => (service.as_ref(), *made_at),
            Some(PaperAnswer::Leased { service }) => (service.as_ref(), None),
            Some(PaperAnswer::Unknown | PaperAnswer::TooManyTries) | None => (None, None),
        };
        let service = service.and_then(|it| self.catalog.service(it));
        let until = made_at
            .zip(service)
            .map(|(at, it)| at + DAY * it.valid_days);
        let until = until.filter(|_| verdict == PaperVerdict::NumberValid);
        let number = paper.number.as_ref();
        PaperTold {
            number: number.map_or_else(String::new, ToString::to_string),
            kind: service.map_or_else(String::new, |it| self.kind_of(it)),
            issuer: service.map_or_else(String::new, |it| self.issuer_of(it)),
            issued_on: made_at.map_or_else(String::new, |it| self.day_of(it)),
            until: until.map_or_else(String::new, |it| self.day_of(it)),
            over: until.is_some_and(|it| it < now.wall),
            fields: Vec::new(),
            verdict,
        }
    }

    fn kind_of(&self, service: &Service) -> String {
        service.title.in_language(self.language()).to_owned()
    }

    fn issuer_of(&self, service: &Service) -> String {
        service.issuer.in_language(self.language()).to_owned()
    }

    fn day_of(&self, at: Timestamp) -> String {
        self.day(&at.local().date().to_string())
    }
}

/// A genuine seal, and what the exchange says of the number in it.
fn by_seal(sealed: &SealedPaper, answer: Option<&PaperAnswer>) -> PaperVerdict {
    match answer {
        Some(PaperAnswer::Valid { .. }) => PaperVerdict::Genuine,
        Some(PaperAnswer::Void { replaced: true, .. }) => PaperVerdict::Replaced,
        Some(PaperAnswer::Void {
            replaced: false, ..
        }) => PaperVerdict::Void,
        // The seal proves what the station has not told yet.
        Some(PaperAnswer::Leased { .. }) if sealed.under_lease => PaperVerdict::GenuineUntold,
        Some(PaperAnswer::Leased { .. } | PaperAnswer::Unknown) => PaperVerdict::NotOnRecord,
        Some(PaperAnswer::TooManyTries) | None => PaperVerdict::GenuineUnasked,
    }
}

fn by_number(answer: Option<&PaperAnswer>) -> PaperVerdict {
    match answer {
        Some(PaperAnswer::Valid { .. }) => PaperVerdict::NumberValid,
        Some(PaperAnswer::Void { replaced: true, .. }) => PaperVerdict::Replaced,
        Some(PaperAnswer::Void {
            replaced: false, ..
        }) => PaperVerdict::Void,
        Some(PaperAnswer::Leased { .. }) => PaperVerdict::NumberLeased,
        Some(PaperAnswer::Unknown) => PaperVerdict::NumberUnknown,
        Some(PaperAnswer::TooManyTries) => PaperVerdict::TooManyTries,
        None => PaperVerdict::NotAnswered,
    }
}
