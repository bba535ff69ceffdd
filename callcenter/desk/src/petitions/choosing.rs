//! What is chosen in a form: known by what it is, never by where it stands, because what a
//! form offers is told anew while the agent reads it.

use privacy::Personal;
use request::{Decision, OfficeId, RequestId};

use super::{
    Act, DECISIONS, OfficeFound, Petitions, PetitionsCommand, PetitionsFault, PetitionsNotice,
    deciding::withholds, reading::Open,
};

/// Offices that are offered: as many as have a key.
pub(super) const OFFICES_SHOWN: usize = 9;

/// One of what a form offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    Office(OfficeId),
    /// Another petition.
    Other(RequestId),
    /// By its digest.
    File(String),
    Decision(Decision),
}

/// A deed that is being filled in.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) act: Act,
    pub(super) chosen: Option<Chosen>,
    /// On which ground of the law.
    pub(super) ground: Option<usize>,
    pub(super) sought: Personal<String>,
    /// What answers to it; none until the exchange has said so.
    pub(super) offices: Option<Vec<OfficeFound>>,
    /// The exchange is asked to do it.
    pub(super) doing: bool,
}

impl Form {
    pub(super) fn of(act: Act) -> Self {
        Self {
            act,
            chosen: None,
            ground: None,
            sought: Personal::default(),
            offices: None,
            doing: false,
        }
    }

    /// What is to become of a request for information.
    pub(super) fn decision(&self) -> Option<Decision> {
        match self.chosen {
            Some(Chosen::Decision(decision)) => Some(decision),
            Some(Chosen::Office(_) | Chosen::Other(_) | Chosen::File(_)) | None => None,
        }
    }

    pub(super) fn offices_shown(&self) -> impl Iterator<Item = &OfficeFound> {
        self.offices.iter().flatten().take(OFFICES_SHOWN)
    }
}

impl Open {
    /// What the form offers now, in its order.
    pub(super) fn offered(&self) -> Vec<Chosen> {
        let Some(form) = &self.form else {
            return Vec::new();
        };
        let letter = &self.letter;
        match form.act {
            Act::HandOver => (form.offices_shown())
                .map(|it| Chosen::Office(it.code.clone()))
                .collect(),
            Act::Join => (letter.like.iter())
                .map(|it| Chosen::Other(it.request.clone()))
                .collect(),
            Act::Files => (letter.files.iter())
                .map(|it| Chosen::File(it.enclosure.sha256.clone()))
                .collect(),
            Act::Decide => DECISIONS.map(Chosen::Decision).to_vec(),
            Act::Extend | Act::Separate => Vec::new(),
        }
    }

    /// Where what is chosen stands; none where it is not offered any more.
    pub(super) fn chosen_place(&self) -> Option<usize> {
        let chosen = self.form.as_ref()?.chosen.as_ref()?;
        self.offered().iter().position(|it| it == chosen)
    }
}

impl Petitions {
    pub(super) fn seek(&mut self, sought: Personal<String>) {
        if let Some(form) = self.free_form().filter(|it| it.act == Act::HandOver) {
            form.sought = sought.clone();
            form.offices = None;
            form.chosen = None;
            self.commands.push_back(PetitionsCommand::Find(sought));
        }
    }

    pub(super) fn found(
        &mut self,
        sought: &Personal<String>,
        found: Result<Vec<OfficeFound>, PetitionsFault>,
    ) {
        let form = self.form_mut().filter(|it| it.act == Act::HandOver);
        let Some(form) = form.filter(|it| it.sought == *sought) else {
            return;
        };
        match found {
            Ok(offices) => form.offices = Some(offices),
            Err(fault) => self.notice = Some(PetitionsNotice::Fault(fault)),
        }
    }

    /// The n-th of what the form offers.
    pub(super) fn choose(&mut self, place: usize) {
        let offered = self.open.as_ref().map_or_else(Vec::new, Open::offered);
        let chosen = offered.into_iter().nth(place);
        if let Some((form, chosen)) = self.free_form().zip(chosen) {
            form.chosen = Some(chosen);
        }
    }

    /// A row that was touched: of a decision the rows are grounds.
    pub(super) fn choose_row(&mut self, row: usize) {
        match self.form().map(|it| it.act) {
            Some(Act::Decide) => self.choose_ground(|_| row),
            Some(Act::HandOver | Act::Extend | Act::Join | Act::Separate | Act::Files) => {
                self.choose(row);
            }
            None => {}
        }
    }

    pub(super) fn choose_beside(&mut self, down: bool) {
        let beside = |from: Option<usize>| {
            from.map_or(0, |it| match down {
                true => it + 1,
                false => it.saturating_sub(1),
            })
        };
        if self.form().is_some_and(|it| it.act == Act::Decide) {
            return self.choose_ground(beside);
        }
        let Some(open) = &self.open else {
            return;
        };
        let last = open.offered().len().saturating_sub(1);
        self.choose(beside(open.chosen_place()).min(last));
    }

    /// Only where some is withheld there is a ground to choose.
    fn choose_ground(&mut self, which: impl FnOnce(Option<usize>) -> usize) {
        let open = self.open.as_ref();
        let most = open.map_or(0, |it| self.grounds(&it.letter).len());
        let Some(form) = self.free_form() else {
            return;
        };
        if most > 0 && form.decision().is_some_and(withholds) {
            form.ground = Some(which(form.ground).min(most - 1));
        }
    }

    /// The form, unless the exchange is asked to do what it says.
    fn free_form(&mut self) -> Option<&mut Form> {
        self.form_mut().filter(|it| !it.doing)
    }
}
