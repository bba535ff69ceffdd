//! The form as the agent is let see it, and words between the two vocabularies.

use handover::{Form, HostEnding, NotShareable, Place};
use privacy::Personal;
use request::{AssistanceEnding, FormField};

use crate::visit::{
    Visit,
    step::Step,
    view::{HelpEnding, LineRefusal},
};

impl Visit {
    /// Who asks, the card and money are not in it: a form has no place for them.
    pub(super) fn form_for_agent(&self) -> Form {
        let at = self.place();
        let typed = Personal::new(self.person.entry.text());
        let copies = Personal::new(self.person.copies.to_string());
        let options: Vec<_> = self
            .person
            .options
            .iter()
            .map(|(id, it)| (id, Personal::new(it.clone())))
            .collect();
        let mut values = Vec::new();
        if let Some(service) = self.service() {
            for question in &service.questions {
                let here = at == Place::Question(question.id.clone());
                let answer = self.person.answers.get(&question.id);
                let value = if here && !typed.reveal().is_empty() {
                    Some(&typed)
                } else {
                    answer
                };
                values.push((FormField::Question(question.id.clone()), value));
            }
            for option in &service.options {
                let chosen = options.iter().find(|(id, _)| **id == option.id);
                let value = chosen.map(|(_, value)| value);
                values.push((FormField::Option(option.id.clone()), value));
            }
            values.push((FormField::Copies, Some(&copies)));
        }
        Form::new(self.person.service.clone(), at, values)
    }

    fn place(&self) -> Place {
        match self.step {
            Step::Finding => Place::Finding,
            Step::Explaining => Place::Explaining,
            Step::Asking { question, .. } => {
                let questions = self.service().map(|it| &it.questions);
                let asked = questions.and_then(|it| it.get(question));
                asked.map_or(Place::Hidden, |it| Place::Question(it.id.clone()))
            }
            Step::Choosing => Place::Options,
            Step::Consenting => Place::Consent,
            Step::Reviewing => Place::Review,
            Step::Failing => Place::Stuck,
            Step::Recovering
            | Step::Resting
            | Step::TypingCode { .. }
            | Step::HoldingPaper { .. }
            | Step::TypingPaperNumber { .. }
            | Step::LookingUpPaper
            | Step::TellingOfPaper
            | Step::LookingUp
            | Step::OfferingTicket
            | Step::Standing
            | Step::Rating
            | Step::Appealing { .. }
            | Step::InsertingCard(_)
            | Step::TypingNumber
            | Step::Checking(_)
            | Step::OfferingRest
            | Step::Preparing
            | Step::Making
            | Step::PrintingTicket
            | Step::Accepted { .. }
            | Step::TypingTelephone { .. }
            | Step::Fetching
            | Step::Paying
            | Step::Printing
            | Step::Doubting
            | Step::OfferingReplacement
            | Step::Replacing
            | Step::Settling(_)
            | Step::TakingPaper { .. }
            | Step::TellingOutcome
            | Step::OfferingReceipt
            | Step::PrintingReceipt
            | Step::TakingCard
            | Step::Parting(_) => Place::Hidden,
        }
    }
}

/// What is written down of an end, and what the citizen is told.
pub(super) fn ending(ending: HostEnding) -> (AssistanceEnding, HelpEnding) {
    match ending {
        HostEnding::ByAgent => (AssistanceEnding::ByAgent, HelpEnding::ByAgent),
        HostEnding::NobodyCame => (AssistanceEnding::LineLost, HelpEnding::NobodyCame),
        HostEnding::LineLost => (AssistanceEnding::LineLost, HelpEnding::LineLost),
        HostEnding::NoRoom => (AssistanceEnding::LineLost, HelpEnding::NoRoom),
    }
}

/// An empty line is nothing to complain about.
pub(super) fn line_refusal(why: NotShareable) -> Option<LineRefusal> {
    match why {
        NotShareable::Empty => None,
        NotShareable::TooLong | NotShareable::Control => Some(LineRefusal::TooLong),
        NotShareable::Number => Some(LineRefusal::Number),
    }
}
