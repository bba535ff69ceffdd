//! What the pane shows of waiting kiosks and of one citizen's form.

use std::time::Instant;

use catalog::{Bilingual, Service};
use handover::{Filled, Place};
use privacy::Personal;
use request::{FormField, ServiceId};

use super::{Helping, HelpingNotice};
use crate::{Language, wording::stopwatch};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpingView {
    /// Whether the exchange has said who waits.
    pub known: bool,
    pub waiting: Vec<WaitingView>,
    pub selected: usize,
    pub notice: Option<HelpingNotice>,
    pub with: Option<HelpView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingView {
    pub kiosk: String,
    /// Empty while the citizen still looks for a service.
    pub service: String,
    pub language: String,
    pub waited: String,
}

/// One citizen who is helped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpView {
    pub service: String,
    /// Where the citizen is; `None` until the form has come.
    pub at: Option<Place>,
    pub fields: Vec<FieldView>,
    /// Values of the selected field that can be picked.
    pub choices: Vec<ChoiceView>,
    pub lines: Vec<LineView>,
    /// Counts the lines that were begun; each starts empty.
    pub line: u32,
    pub voice: KioskVoice,
}

/// How it stands with the citizen's call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KioskVoice {
    /// This desk has no telephone, or it is not connected.
    NoTelephone,
    /// The agent is in another call.
    OtherCall,
    /// The kiosk does not call: it has no handset, or nobody speaks now.
    NoCall,
    Ringing,
    Talking,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    pub label: String,
    pub value: Personal<String>,
    pub here: bool,
    pub pointed: bool,
    /// What the citizen is being asked about; empty when nothing.
    pub proposed: Personal<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    pub from_citizen: bool,
    pub text: Personal<String>,
}

impl Helping {
    pub(crate) fn present(
        &self,
        voice: KioskVoice,
        language: Language,
        now: Instant,
    ) -> HelpingView {
        let since = self
            .known_at
            .map_or(0, |at| now.saturating_duration_since(at).as_secs());
        let waiting = self.waiting.iter().map(|it| WaitingView {
            kiosk: it.kiosk.to_string(),
            service: self.title(it.opening.service.as_ref(), language),
            language: it.opening.language.clone(),
            waited: stopwatch(it.waited_seconds + since),
        });
        HelpingView {
            known: self.known_at.is_some(),
            waiting: waiting.collect(),
            selected: self.selected,
            notice: self.notice,
            with: self.help_view(voice, language),
        }
    }

    fn help_view(&self, voice: KioskVoice, language: Language) -> Option<HelpView> {
        let with = self.with.as_ref()?;
        let form = with.form.as_ref();
        let service = form.map_or(with.opening.service.as_ref(), |it| it.service.as_ref());
        let fields = form.map_or(&[][..], |it| &it.fields[..]);
        let line = |(from_citizen, text): &(bool, handover::Shareable)| LineView {
            from_citizen: *from_citizen,
            text: text.text().clone(),
        };
        let choices = self
            .selected_field()
            .map_or_else(Vec::new, |it| self.choices(&it.field, language));
        Some(HelpView {
            service: self.title(service, language),
            at: form.map(|it| it.at.clone()),
            fields: fields.iter().map(|it| self.field(it, language)).collect(),
            choices,
            lines: with.lines.iter().map(line).collect(),
            line: self.lines_begun,
            voice,
        })
    }

    fn field(&self, filled: &Filled, language: Language) -> FieldView {
        let with = self.with.as_ref();
        let at = with.and_then(|it| it.form.as_ref()).map(|it| &it.at);
        let proposal = self.attendant.proposal();
        let proposed = proposal.filter(|it| it.field == filled.field);
        let words = |it: &handover::Shareable| {
            Personal::new(self.in_words(&filled.field, it.text().reveal(), language))
        };
        FieldView {
            label: self.label(&filled.field, language),
            value: filled.value.as_ref().map_or_else(Personal::default, words),
            here: match &filled.field {
                FormField::Question(id) => at == Some(&Place::Question(id.clone())),
                FormField::Option(_) | FormField::Copies => at == Some(&Place::Options),
            },
            pointed: with.is_some_and(|it| it.pointed.as_ref() == Some(&filled.field)),
            proposed: proposed.map_or_else(Personal::default, |it| words(&it.value)),
        }
    }

    /// The value that is meant by what is typed; `None` when the field has none.
    pub(super) fn value_of(&self, field: &FormField, typed: &str) -> Option<String> {
        let typed = typed.trim();
        match field {
            FormField::Question(id) => {
                let question = self.service()?.questions.iter().find(|it| it.id == *id)?;
                let Some(list) = question.codes.as_ref() else {
                    return question.answer_from(typed).ok();
                };
                let codes = &self.catalog.codes(list)?.codes;
                let meant = |it: &&catalog::Code| {
                    typing::matches(&it.ko, typed) || typing::matches(&it.en, typed)
                };
                let mut found = codes.iter().filter(meant);
                let only = found.next().filter(|_| found.next().is_none());
                only.filter(|_| !typed.is_empty()).map(|it| it.code.clone())
            }
            FormField::Option(id) => {
                let choices = &self.service()?.option(id)?.choices;
                let number = typed.parse::<usize>().ok().and_then(|it| it.checked_sub(1));
                let named = |it: &&catalog::Choice| it.label.ko == typed || it.label.en == typed;
                let choice = number.and_then(|it| choices.get(it));
                choice
                    .or_else(|| choices.iter().find(named))
                    .map(|it| it.id.clone())
            }
            FormField::Copies => {
                let copies: u32 = typed.parse().ok()?;
                (1..=self.service()?.copies_max)
                    .contains(&copies)
                    .then(|| copies.to_string())
            }
        }
    }

    fn service(&self) -> Option<&Service> {
        let form = self.with.as_ref()?.form.as_ref()?;
        self.catalog.service(form.service.as_ref()?)
    }

    fn title(&self, service: Option<&ServiceId>, language: Language) -> String {
        let known = service.and_then(|it| self.catalog.service(it));
        known.map_or_else(String::new, |it| language.of(&it.title))
    }

    fn label(&self, field: &FormField, language: Language) -> String {
        let label: Option<&Bilingual> = self.service().and_then(|service| match field {
            FormField::Question(id) => {
                let question = service.questions.iter().find(|it| it.id == *id);
                question.map(|it| &it.label)
            }
            FormField::Option(id) => service.option(id).map(|it| &it.label),
            FormField::Copies => None,
        });
        label.map_or_else(|| language.say("부수", "Copies"), |it| language.of(it))
    }

    fn in_words(&self, field: &FormField, value: &str, language: Language) -> String {
        let words: Option<String> = self.service().and_then(|service| match field {
            FormField::Question(id) => {
                let question = service.questions.iter().find(|it| it.id == *id)?;
                let language = language.code();
                Some(self.catalog.answer_in_words(question, value, language))
            }
            FormField::Option(id) => {
                let choices = &service.option(id)?.choices;
                let choice = choices.iter().find(|it| it.id == value)?;
                Some(language.of(&choice.label))
            }
            FormField::Copies => None,
        });
        words.unwrap_or_else(|| value.to_owned())
    }

    fn choices(&self, field: &FormField, language: Language) -> Vec<ChoiceView> {
        let FormField::Option(id) = field else {
            return Vec::new();
        };
        let option = self.service().and_then(|it| it.option(id));
        option.map_or_else(Vec::new, |it| {
            let label = |it: &catalog::Choice| ChoiceView {
                label: language.of(&it.label),
            };
            it.choices.iter().map(label).collect()
        })
    }
}
