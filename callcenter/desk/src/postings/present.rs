//! What the pane shows of postings.

use privacy::Personal;
use request::Timestamp;

use super::{Choice, Posting, Postings, PostingsNotice};
use crate::Language;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostingsView {
    /// There is no way from here to say who decides.
    pub no_way: bool,
    /// Whether the exchange has said which wait.
    pub known: bool,
    pub rows: Vec<PostingRow>,
    pub selected: usize,
    pub notice: Option<PostingsNotice>,
    pub posting: Option<PostingView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingRow {
    pub title: Personal<String>,
    pub topic: String,
    /// Empty when it is about the whole city.
    pub district: String,
    pub came: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingView {
    pub row: PostingRow,
    pub text: Personal<String>,
    pub station: String,
    pub choice: Option<ChoiceView>,
    pub reason: Personal<String>,
    pub judging: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceView {
    Publish { days: u64 },
    Refuse,
}

impl Postings {
    pub(crate) fn present(&self, language: Language, now: Timestamp) -> PostingsView {
        let rows = self.list.iter().flatten();
        PostingsView {
            no_way: !self.may_ask,
            known: self.list.is_some(),
            rows: rows.map(|it| row(it, language, now)).collect(),
            selected: self.selected,
            notice: self.notice,
            posting: self.open.as_ref().map(|open| PostingView {
                row: row(&open.posting, language, now),
                text: open.posting.words.text.clone(),
                station: open.posting.station.to_string(),
                choice: open.choice.map(|it| match it {
                    Choice::Publish(days) => ChoiceView::Publish { days },
                    Choice::Refuse => ChoiceView::Refuse,
                }),
                reason: (self.reasons.get(&open.posting.id).cloned()).unwrap_or_default(),
                judging: open.judging,
            }),
        }
    }
}

fn row(posting: &Posting, language: Language, now: Timestamp) -> PostingRow {
    let district = posting.district.as_ref();
    PostingRow {
        title: posting.words.title.clone(),
        topic: language.say(&posting.topic.ko, &posting.topic.en),
        district: district.map_or_else(String::new, |it| language.say(&it.ko, &it.en)),
        came: language.clock_time(posting.submitted_at, now),
    }
}
