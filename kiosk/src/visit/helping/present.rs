//! What the citizen sees of an agent's help.

use request::FormField;

use super::{Phase, Speaker};
use crate::visit::{
    Visit, phrase,
    view::{Help, HelpState, Helping, Proposed, Talk, TalkLine},
};

impl Visit {
    pub(in crate::visit) fn help(&self) -> Help {
        let state = match self.person.help.phase {
            Phase::None => HelpState::None,
            Phase::Asking => HelpState::Asking,
            Phase::Waiting { ahead } => HelpState::Waiting { ahead },
            Phase::Helping => HelpState::Helping(Box::new(self.helping())),
            Phase::Ended(ending) => HelpState::Ended(ending),
        };
        Help {
            offered: self.may_ask_agent(),
            handset: self.site.handset,
            state,
        }
    }

    fn helping(&self) -> Helping {
        let help = &self.person.help;
        let pointed = help.pointed.as_ref();
        let proposal = help.proposal.as_ref().map(|it| Proposed {
            number: it.proposal,
            label: self.field_label(&it.field),
            value: self.value_in_words(&it.field, it.value.text().reveal()),
        });
        let talk = help.talking.then(|| Talk {
            lines: help.lines.iter().map(line).collect(),
            text: help.entry.finished().to_owned(),
            composing: help.entry.composing(),
            keyboard: help.entry.keyboard(),
            refusal: help.refusal,
        });
        Helping {
            pointed: pointed.map_or_else(String::new, |it| self.field_label(it)),
            proposal,
            talk,
            speaking: self.speaking(),
        }
    }

    fn field_label(&self, field: &FormField) -> String {
        let service = self.service();
        let label = match field {
            FormField::Question(id) => service
                .and_then(|it| it.questions.iter().find(|it| it.id == *id))
                .map(|it| &it.label),
            FormField::Option(id) => service.and_then(|it| it.option(id)).map(|it| &it.label),
            FormField::Copies => return self.tell(&phrase::COPIES),
        };
        label.map_or_else(String::new, |it| it.in_language(self.language()).to_owned())
    }

    /// Answers and choices as the citizen reads them elsewhere.
    fn value_in_words(&self, field: &FormField, value: &str) -> String {
        let (service, language) = (self.service(), self.language());
        match field {
            FormField::Question(id) => service
                .and_then(|it| it.questions.iter().find(|it| it.id == *id))
                .map(|it| self.catalog.answer_in_words(it, value, language)),
            FormField::Option(id) => service
                .and_then(|it| it.option(id))
                .and_then(|it| it.choices.iter().find(|it| it.id == value))
                .map(|it| it.label.in_language(language).to_owned()),
            FormField::Copies => Some(phrase::SO_MANY_COPIES.with(value, self.person.language)),
        }
        .unwrap_or_else(|| value.to_owned())
    }
}

fn line((speaker, text): &(Speaker, handover::Shareable)) -> TalkLine {
    TalkLine {
        from_agent: *speaker == Speaker::Agent,
        text: text.text().reveal().clone(),
    }
}
