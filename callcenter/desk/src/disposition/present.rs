//! What the pane shows of how a call ended.

use super::{CallDisposition, DispositionNotice};
use crate::Language;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispositionView {
    /// As many as have a key.
    pub choices: Vec<ChoiceView>,
    pub notice: Option<DispositionNotice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    pub title: String,
    pub state: ChoiceState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceState {
    Open,
    /// The switch has not acknowledged it.
    Chosen,
    /// It stands in the call book.
    Written,
}

impl CallDisposition {
    pub(crate) fn present(&self, language: Language) -> DispositionView {
        let state = |id: &String| {
            let said = self.wrap_up.as_ref().and_then(|it| it.said.as_ref());
            match &self.chosen {
                Some(chosen) if chosen == id => ChoiceState::Chosen,
                None if said == Some(id) => ChoiceState::Written,
                Some(_) | None => ChoiceState::Open,
            }
        };
        let choices = self.wrap_up.iter().flat_map(|it| &it.choices);
        DispositionView {
            choices: choices
                .map(|id| ChoiceView {
                    title: self.title(id, language),
                    state: state(id),
                })
                .collect(),
            notice: self.notice,
        }
    }

    /// What the agent has said, for who looks at another pane: empty before, none where
    /// nobody asks.
    pub(crate) fn said(&self, language: Language) -> Option<String> {
        let said = self.wrap_up.as_ref()?.said.as_ref();
        let said = said.filter(|_| self.chosen.is_none());
        Some(said.map_or_else(String::new, |it| self.title(it, language)))
    }

    /// A code that the center has no more goes by its name.
    pub(crate) fn title(&self, id: &str, language: Language) -> String {
        let code = self.code(id);
        let title = code.map(|it| it.title.in_language(language.code()));
        title.unwrap_or(id).to_owned()
    }
}
