//! What is done with a letter besides answering it: a form for each, and what becomes of
//! it at the exchange.
//!
//! The exchange does each deed once, however often it is told; what is typed stays here
//! until it has said that it is done.

use privacy::Personal;
use request::RequestId;

use super::{
    Deed, Petitions, PetitionsCommand, PetitionsFault, PetitionsNotice,
    choosing::{Chosen, Form},
    reading::Open,
};

/// Characters of a reason; what the exchange takes.
const REASON_MAX: usize = 4_000;

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
            form.chosen = Some(Chosen::Decision(decided.decision));
            form.ground = decided.ground;
        }
        if let Some(open) = &mut self.open {
            open.form = Some(form);
        }
        match act {
            Act::HandOver => {
                let all = Personal::default();
                self.commands.push_back(PetitionsCommand::Find(all));
            }
            Act::Join | Act::Files => self.choose(0),
            Act::Extend | Act::Separate | Act::Decide => {}
        }
    }

    pub(super) fn form(&self) -> Option<&Form> {
        self.open.as_ref()?.form.as_ref()
    }

    pub(super) fn form_mut(&mut self) -> Option<&mut Form> {
        self.open.as_mut()?.form.as_mut()
    }

    /// Whether the exchange is asked to do what the form says.
    pub(super) fn is_under_way(&self, form: &Form) -> bool {
        match &form.chosen {
            Some(Chosen::File(sha256)) => self.saving.contains(sha256),
            Some(Chosen::Office(_) | Chosen::Other(_) | Chosen::Decision(_)) | None => form.doing,
        }
    }

    /// Whoever asked for something waits for it: done twice, it might be done otherwise.
    pub(super) fn leave_form(&mut self) {
        if let Some(open) = &mut self.open {
            open.form.take_if(|it| !it.doing);
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

    /// Does what the form is about.
    pub(super) fn finish_form(&mut self) {
        let Some((open, form)) = self
            .open
            .as_ref()
            .and_then(|it| it.form.as_ref().map(|form| (it, form)))
        else {
            return;
        };
        if self.is_under_way(form) {
            return;
        }
        if form.act == Act::Decide {
            return self.finish_decision();
        }
        match self.meant(open, form) {
            Ok(command) => self.order(command),
            Err(notice) => self.notice = Some(notice),
        }
    }

    /// The decision goes with the answer: the exchange is told nothing before that.
    fn finish_decision(&mut self) {
        match self.decide() {
            Ok(()) => self.leave_form(),
            Err(notice) => self.notice = Some(notice),
        }
    }

    fn order(&mut self, command: PetitionsCommand) {
        if let PetitionsCommand::Save { enclosure, .. } = &command {
            self.saving.insert(enclosure.sha256.clone());
        } else if let Some(form) = self.form_mut() {
            form.doing = true;
        }
        self.commands.push_back(command);
    }

    fn meant(&self, open: &Open, form: &Form) -> Result<PetitionsCommand, PetitionsNotice> {
        let request = open.request().clone();
        let letter = &open.letter;
        let chosen = open.chosen_place();
        let deed = match form.act {
            Act::HandOver => {
                let office = chosen.and_then(|it| form.offices_shown().nth(it));
                let office = office.ok_or(PetitionsNotice::NoOffice)?.code.clone();
                let reason = self.reason_given(open, form)?;
                Deed::HandOver { office, reason }
            }
            Act::Extend => Deed::Extend {
                reason: self.reason_given(open, form)?,
            },
            Act::Join => {
                let other = chosen.and_then(|it| letter.like.get(it));
                let other = other.ok_or_else(|| none_chosen(open))?;
                Deed::Join {
                    leading: other.request.clone(),
                    ground: other.ground(),
                }
            }
            Act::Separate => Deed::Separate,
            Act::Decide => return Err(PetitionsNotice::NotNow),
            Act::Files => {
                let file = chosen.and_then(|it| letter.files.get(it));
                let file = file.ok_or_else(|| none_chosen(open))?;
                let enclosure = file.enclosure.clone();
                return Ok(PetitionsCommand::Save { request, enclosure });
            }
        };
        Ok(PetitionsCommand::Do { request, deed })
    }

    fn reason_given(&self, open: &Open, form: &Form) -> Result<Personal<String>, PetitionsNotice> {
        let reason = self.reason(open.request(), form.act);
        if reason.is_blank() {
            Err(PetitionsNotice::NoReason)
        } else if reason.chars() > REASON_MAX {
            Err(PetitionsNotice::TooLong)
        } else {
            Ok(reason)
        }
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
        self.saving.remove(&sha256);
        match saved {
            Ok(place) => {
                self.saved.insert(sha256, place);
                self.notice = Some(PetitionsNotice::Done(Act::Files));
            }
            Err(fault) => self.notice = Some(PetitionsNotice::Fault(fault)),
        }
    }
}

/// What was chosen is not there any more, or nothing ever was.
fn none_chosen(open: &Open) -> PetitionsNotice {
    match open.offered().is_empty() {
        true => PetitionsNotice::NothingToChoose,
        false => PetitionsNotice::NothingChosen,
    }
}
