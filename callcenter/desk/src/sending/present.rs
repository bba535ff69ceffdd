//! What the pane shows of a document on its way.

use privacy::Personal;
use request::{DocumentNumber, NotANumber, Timestamp};
use sync::DeliveryRefusal;

use super::{
    Consent, Delivery, DeliveryEnd, Recipient, Sending, SendingNotice,
    paper::Paper,
    wishing::{SHOWN_MOST, Step, Wish},
};
use crate::{Language, Moment};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendingView {
    /// There is no way from here to say who sends.
    pub no_way: bool,
    pub notice: Option<SendingNotice>,
    pub place: PlaceView,
}

/// How far the agent is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceView {
    Number(NumberView),
    Paper(PaperView),
    Agency(AgencyView),
    Purpose(PurposeView),
    Consent(ConsentView),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberView {
    pub typed: Personal<String>,
    pub check: NumberCheck,
    /// The exchange is asked about it.
    pub asking: bool,
}

/// What is typed, as a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberCheck {
    Empty,
    /// So many letters and digits; more are to come.
    Short(usize),
    Wrong(NotANumber),
    /// As it stands on the paper.
    Whole(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperView {
    pub number: String,
    /// Why it cannot be sent.
    pub refusal: Option<DeliveryRefusal>,
    pub rows: Vec<DeliveryRow>,
    pub selected: usize,
    /// What is chosen can be sent again.
    pub again: bool,
    pub sending: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    pub agency: String,
    pub asked: String,
    /// None while it is on its way.
    pub end: Option<DeliveryEnd>,
    /// Empty while it is on its way.
    pub ended: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyView {
    pub number: String,
    pub sought: Personal<String>,
    /// Whether the exchange has said which take documents.
    pub known: bool,
    /// As many as have a key.
    pub rows: Vec<AgencyRow>,
    pub selected: usize,
    /// So many more would fit.
    pub more: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyRow {
    pub title: String,
    /// What became of the document there, if it went there.
    pub went: Option<Option<DeliveryEnd>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurposeView {
    pub number: String,
    pub agency: String,
    pub purpose: Personal<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentView {
    pub number: String,
    pub agency: String,
    pub purpose: Personal<String>,
    pub consent: Option<Consent>,
    pub sending: bool,
}

impl Sending {
    pub(crate) fn present(&self, language: Language, now: Moment) -> SendingView {
        SendingView {
            no_way: !self.may_ask,
            notice: self.notice,
            place: match &self.paper {
                None => PlaceView::Number(self.number_view(now)),
                Some(paper) => match &paper.wish {
                    None => PlaceView::Paper(self.paper_view(paper, language, now.wall)),
                    Some(wish) => self.wish_view(paper, wish, language),
                },
            },
        }
    }

    fn number_view(&self, now: Moment) -> NumberView {
        NumberView {
            typed: self.typed.clone(),
            check: match self.number(now) {
                Ok(number) => NumberCheck::Whole(number.to_string()),
                Err(NotANumber::Empty) => NumberCheck::Empty,
                Err(NotANumber::Length(typed)) if typed < DocumentNumber::LETTERS => {
                    NumberCheck::Short(typed)
                }
                Err(wrong) => NumberCheck::Wrong(wrong),
            },
            asking: self.asked.is_some(),
        }
    }

    fn paper_view(&self, paper: &Paper, language: Language, now: Timestamp) -> PaperView {
        let time = |at| language.clock_time(at, now);
        let row = |it: &Delivery| DeliveryRow {
            agency: self.agency(&it.recipient, language),
            asked: time(it.asked_at),
            end: it.end,
            ended: it.ended_at.map_or_else(String::new, time),
        };
        let end = paper.chosen().and_then(|it| it.end);
        let missed = matches!(end, Some(DeliveryEnd::Refused | DeliveryEnd::Expired));
        PaperView {
            number: paper.number.to_string(),
            refusal: paper.refusal,
            rows: paper.deliveries.iter().map(row).collect(),
            selected: paper.selected,
            again: missed && paper.refusal.is_none(),
            sending: self.busy,
        }
    }

    fn wish_view(&self, paper: &Paper, wish: &Wish, language: Language) -> PlaceView {
        let number = paper.number.to_string();
        let agency = || {
            wish.agency
                .as_ref()
                .map_or_else(String::new, |it| title(it, language))
        };
        match wish.step {
            Step::Agency => {
                let fitting = wish.fitting(self.recipients.as_deref());
                let row = |it: &&Recipient| AgencyRow {
                    title: title(it, language),
                    went: paper.at(&it.id).map(|it| it.end),
                };
                PlaceView::Agency(AgencyView {
                    number,
                    sought: wish.sought.clone(),
                    known: self.recipients.is_some(),
                    rows: fitting.iter().take(SHOWN_MOST).map(row).collect(),
                    selected: wish.selected,
                    more: fitting.len().saturating_sub(SHOWN_MOST),
                })
            }
            Step::Purpose => PlaceView::Purpose(PurposeView {
                number,
                agency: agency(),
                purpose: wish.purpose.clone(),
            }),
            Step::Consent => PlaceView::Consent(ConsentView {
                number,
                agency: agency(),
                purpose: Personal::new(wish.purpose.reveal().trim().to_owned()),
                consent: wish.consent,
                sending: self.busy,
            }),
        }
    }

    /// By its id where it takes documents no longer.
    fn agency(&self, id: &str, language: Language) -> String {
        let mut all = self.recipients.iter().flatten();
        let known = all.find(|it| it.id == id);
        known.map_or_else(|| id.to_owned(), |it| title(it, language))
    }
}

fn title(recipient: &Recipient, language: Language) -> String {
    language.say(&recipient.title.ko, &recipient.title.en)
}
