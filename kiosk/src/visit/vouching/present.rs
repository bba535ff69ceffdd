//! What the citizen sees of a two-person check.

use privacy::mask_resident_number;
use vouching::{ANSWER_MAX, KioskState};

use super::{Check, NAME_MAX};
use crate::visit::{
    Visit, phrase,
    view::{Check as Shown, Consent, NumberEntry, NumberProof, Question, QuestionKind, Screen},
};

impl Visit {
    pub(in crate::visit) fn checking_screen(&self, check: Check) -> Screen {
        match check {
            Check::Agreeing => self.check_consent_shown().map_or_else(
                || Screen::Check(Shown::Opening),
                |it| Screen::Check(Shown::Agreeing(it)),
            ),
            Check::TypingName => {
                let label = self.tell(&phrase::ENTER_YOUR_NAME);
                let hint = self.tell(&phrase::NAME_AS_REGISTERED);
                self.typed(label, hint, NAME_MAX)
            }
            Check::TypingNumber => Screen::ResidentNumber(NumberEntry {
                shown: mask_resident_number(self.person.digits.reveal()),
                digits: u32::try_from(self.person.digits.reveal().len()).unwrap_or(0),
                refusal: self.person.number_refusal,
                proof: NumberProof::TwoPersons,
            }),
            Check::UnderWay => self.under_way(),
            Check::Ended(end) => Screen::Check(Shown::Ended {
                end,
                may_retry: end.may_retry(),
            }),
        }
    }

    fn under_way(&self) -> Screen {
        let checked = &self.person.checked;
        Screen::Check(match &checked.state {
            None => Shown::Opening,
            Some(KioskState::Waiting { ahead }) => Shown::Waiting { ahead: *ahead },
            Some(KioskState::Asked(asked)) if checked.said == Some(asked.number) => Shown::Said,
            Some(KioskState::Asked(asked)) => {
                let hint = self.tell(&phrase::STAFF_ASKS);
                let label = asked.wording.in_language(self.language()).to_owned();
                return self.typed(label, hint, u32::try_from(ANSWER_MAX).unwrap_or(u32::MAX));
            }
            Some(KioskState::WaitingForSecond) => Shown::WaitingForSecond,
            Some(KioskState::Supervised) => Shown::Supervised,
            Some(KioskState::Considered | KioskState::Passed(_) | KioskState::Ended(_)) => {
                Shown::Considered
            }
        })
    }

    fn typed(&self, label: String, hint: String, limit: u32) -> Screen {
        let checked = &self.person.checked;
        Screen::Question(Question {
            label,
            hint,
            kind: QuestionKind::Text,
            text: checked.entry.finished().to_owned(),
            composing: checked.entry.composing(),
            limit,
            many_lines: false,
            suggestions: Vec::new(),
            choices: Vec::new(),
            refusal: checked.refusal,
            keyboard: checked.entry.keyboard(),
        })
    }

    /// What is looked up, where, and what is kept of it.
    pub(super) fn check_consent_shown(&self) -> Option<Consent> {
        let language = self.language();
        let plan = self.catalog.two_persons()?;
        let network = &self.catalog.service(&plan.service)?.network;
        let agency = &self.catalog.network(network)?.agency;
        let words = |text: &catalog::Bilingual| text.in_language(language).to_owned();
        Some(Consent {
            agency: words(agency),
            purpose: words(&plan.consent.purpose),
            fields: plan.consent.fields.iter().map(words).collect(),
            retention: words(&plan.consent.retention),
        })
    }
}
