//! What is done with a letter besides answering it: a form for each, and what becomes of
//! it at the exchange.
//!
//! The exchange does each deed once, however often it is told; what is typed stays here
//! until it has said that it is done.

use privacy::Personal;
use request::RequestId;

use super::{
    DECISIONS, Deed, OfficeFound, Petitions, PetitionsCommand, PetitionsFault, PetitionsNotice,
    deciding::withholds, reading::Open,
};

/// Characters of a reason; what the exchange takes.
const REASON_MAX: usize = 4_000;
/// Offices that are offered: as many as have a key.
pub(super) const OFFICES_SHOWN: usize = 9;

/// What an agent may do with a petition, as its keys are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// To another office.
    HandOver,
    /// The term, once.
    Extend,
    /// With another petition.
    Join,
    /// From the one it is joined to.
    Separate,
    /// Looks at its files and saves them.
    Files,
    /// What becomes of a request for information.
    Decide,
}

impl Act {
    pub const ALL: [Self; 6] = [
        Self::HandOver,
        Self::Extend,
        Self::Join,
        Self::Separate,
        Self::Files,
        Self::Decide,
    ];
}

/// A deed that is being filled in.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) act: Act,
    /// Which office, which other petition, which file, which decision.
    pub(super) chosen: Option<usize>,
    /// On which ground of the law.
    pub(super) ground: Option<usize>,
    pub(super) sought: Personal<String>,
    pub(super) offices: Vec<OfficeFound>,
    /// The exchange is asked to do it.
    pub(super) doing: bool,
}

impl Form {
    fn of(act: Act) -> Self {
        Self {
            act,
            chosen: (!matches!(act, Act::HandOver | Act::Decide)).then_some(0),
            ground: None,
            sought: Personal::default(),
            offices: Vec::new(),
            doing: false,
        }
    }
}

impl Petitions {
    /// Whether something can be done with the letter now.
    pub(super) fn may(&self, act: Act, open: &Open) -> bool {
        let letter = &open.letter;
        let written = self.written.contains_key(open.request());
        let waits = letter.petition.standing.wants_an_answer() && !written;
        match act {
            Act::HandOver => waits,
            Act::Extend => waits && letter.may_extend_by > 0 && letter.petition.due_at.is_some(),
            Act::Join => {
                let alone = letter.petition.leading.is_none() && letter.joined_in_all == 0;
                waits && alone && !letter.like.is_empty()
            }
            Act::Separate => waits && letter.petition.leading.is_some(),
            Act::Files => !letter.files.is_empty() || !letter.enclosures.is_empty(),
            Act::Decide => letter.decides && self.may_write(open),
        }
    }

    pub(super) fn begin(&mut self, place: usize) {
        let Some((act, open)) = Act::ALL.get(place).zip(self.open.as_ref()) else {
            return;
        };
        if !self.may(*act, open) {
            self.notice = Some(PetitionsNotice::NotNow);
            return;
        }
        let mut form = Form::of(*act);
        if let Some(decided) = self.decided(open).filter(|_| *act == Act::Decide) {
            form.chosen = DECISIONS.iter().position(|it| *it == decided.decision);
            form.ground = decided.ground;
        }
        if let Some(open) = &mut self.open {
            open.form = Some(form);
        }
        if *act == Act::HandOver {
            self.commands
                .push_back(PetitionsCommand::Find(Personal::default()));
        }
    }

    pub(super) fn form(&self) -> Option<&Form> {
        self.open.as_ref()?.form.as_ref()
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        self.open.as_mut()?.form.as_mut()
    }

    pub(super) fn seek(&mut self, sought: Personal<String>) {
        if let Some(form) = self.form_mut().filter(|it| it.act == Act::HandOver) {
            form.sought = sought.clone();
            form.chosen = None;
            self.commands.push_back(PetitionsCommand::Find(sought));
        }
    }

    pub(super) fn found(
        &mut self,
        sought: &Personal<String>,
        found: Result<Vec<OfficeFound>, PetitionsFault>,
    ) {
        let Some(form) = self.form_mut().filter(|it| it.sought == *sought) else {
            return;
        };
        match found {
            Ok(offices) => form.offices = offices,
            Err(fault) => self.notice = Some(PetitionsNotice::Fault(fault)),
        }
    }

    pub(super) fn give_reason(&mut self, reason: Personal<String>) {
        let open = self.open.as_ref();
        let key = open.and_then(|it| Some((it.request().clone(), it.form.as_ref()?.act)));
        if let Some(key) = key {
            self.reasons.insert(key, reason);
        }
    }

    /// What is typed of a reason so far.
    pub(super) fn reason(&self, request: &RequestId, act: Act) -> Personal<String> {
        let key = (request.clone(), act);
        self.reasons.get(&key).cloned().unwrap_or_default()
    }

    /// The n-th of what the form offers.
    pub(super) fn choose(&mut self, place: usize) {
        let most = self.open.as_ref().map_or(0, Self::offered);
        if let Some(form) = self.form_mut().filter(|_| place < most) {
            form.chosen = Some(place);
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
        let most = self.open.as_ref().map_or(0, Self::offered);
        if let Some(form) = self.form_mut() {
            form.chosen = Some(beside(form.chosen).min(most.saturating_sub(1)));
        }
    }

    /// Only where some is withheld there is a ground to choose.
    fn choose_ground(&mut self, which: impl FnOnce(Option<usize>) -> usize) {
        let open = self.open.as_ref();
        let most = open.map_or(0, |it| self.grounds(&it.letter).len());
        let Some(form) = self.form_mut() else {
            return;
        };
        let decision = form.chosen.and_then(|it| DECISIONS.get(it));
        if most > 0 && decision.is_some_and(|it| withholds(*it)) {
            form.ground = Some(which(form.ground).min(most - 1));
        }
    }

    fn offered(open: &Open) -> usize {
        let Some(form) = &open.form else {
            return 0;
        };
        match form.act {
            Act::HandOver => form.offices.len().min(OFFICES_SHOWN),
            Act::Join => open.letter.like.len(),
            Act::Files => open.letter.files.len(),
            Act::Decide => DECISIONS.len(),
            Act::Extend | Act::Separate => 0,
        }
    }

    /// Does what the form is about.
    pub(super) fn finish_form(&mut self) {
        let Some((open, form)) = self
            .open
            .as_ref()
            .and_then(|it| it.form.as_ref().map(|form| (it, form)))
        else {
            return;
        };
        if form.doing {
            return;
        }
        if form.act == Act::Decide {
            return self.finish_decision();
        }
        match self.meant(open, form) {
            Ok(command) => {
                self.commands.push_back(command);
                if let Some(form) = self.form_mut() {
                    form.doing = true;
                }
            }
            Err(notice) => self.notice = Some(notice),
        }
    }

    /// The decision goes with the answer: the exchange is told nothing before that.
    fn finish_decision(&mut self) {
        match self.decide() {
            Ok(()) => {
                if let Some(open) = &mut self.open {
                    open.form = None;
                }
            }
            Err(notice) => self.notice = Some(notice),
        }
    }

    fn meant(&self, open: &Open, form: &Form) -> Result<PetitionsCommand, PetitionsNotice> {
        let request = open.request().clone();
        let letter = &open.letter;
        let reason = || {
            let reason = self.reason(open.request(), form.act);
            if reason.is_blank() {
                Err(PetitionsNotice::NoReason)
            } else if reason.chars() > REASON_MAX {
                Err(PetitionsNotice::TooLong)
            } else {
                Ok(reason)
            }
        };
        let deed = match form.act {
            Act::HandOver => {
                let office = form.chosen.and_then(|it| form.offices.get(it));
                let office = office.ok_or(PetitionsNotice::NoOffice)?.code.clone();
                let reason = reason()?;
                Deed::HandOver { office, reason }
            }
            Act::Extend => Deed::Extend { reason: reason()? },
            Act::Join => {
                let other = form.chosen.and_then(|it| letter.like.get(it));
                let other = other.ok_or(PetitionsNotice::NothingChosen)?;
                Deed::Join {
                    leading: other.request.clone(),
                    ground: other.ground(),
                }
            }
            Act::Separate => Deed::Separate,
            Act::Decide => return Err(PetitionsNotice::NotNow),
            Act::Files => {
                let file = form.chosen.and_then(|it| letter.files.get(it));
                let file = file.ok_or(PetitionsNotice::NothingChosen)?;
                let enclosure = file.enclosure.clone();
                return Ok(PetitionsCommand::Save { request, enclosure });
            }
        };
        Ok(PetitionsCommand::Do { request, deed })
    }

    pub(super) fn is_done(
        &mut self,
        request: &RequestId,
        act: Act,
        done: Result<(), PetitionsFault>,
    ) {
        if done.is_ok() {
            self.reasons.remove(&(request.clone(), act));
        }
        let open = self.open.as_mut();
        let Some(open) = open.filter(|it| it.request() == request) else {
            return;
        };
        if let Some(form) = open.form.as_mut().filter(|it| it.act == act) {
            form.doing = false;
        }
        match done {
            Ok(()) => {
                open.form.take_if(|it| it.act == act);
                self.notice = Some(PetitionsNotice::Done(act));
            }
            Err(fault) => self.notice = Some(PetitionsNotice::Fault(fault)),
        }
        // Whether it is done or not, it may stand otherwise now.
        self.read(request.clone());
        self.ask_again();
    }

    pub(super) fn is_saved(
        &mut self,
        sha256: String,
        saved: Result<Personal<String>, PetitionsFault>,
    ) {
        if let Some(form) = self.form_mut().filter(|it| it.act == Act::Files) {
            form.doing = false;
        }
        match saved {
            Ok(place) => {
                self.saved.insert(sha256, place);
                self.notice = Some(PetitionsNotice::Done(Act::Files));
            }
            Err(fault) => self.notice = Some(PetitionsNotice::Fault(fault)),
        }
    }
}
