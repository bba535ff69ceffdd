//! The exchange as a kiosk sees it: what it is told, what it answers, which numbers are void.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use request::{
    DeclineReason, DocumentNumber, DocumentReference, NetworkFault, RequestEvent, RequestId,
};

use sync::{PaperAnswer, PetitionAnswer, PetitionQuestion};
use ticket::Code;

use super::{
    Happening, millis,
    tickets::{Honored, Tickets},
};
use crate::visit::Event;

type Ahead = Vec<(Duration, Happening)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExchangeMood {
    Well,
    /// Answers when nobody waits any more, whether it is still wanted or not.
    Overtaken,
    Away,
    Fails(NetworkFault),
    Declines(DeclineReason),
    /// Says what it has prepared a second time.
    Stutters,
    /// Prepares one document less than was asked for.
    Miscounts,
    /// Announces documents and does not hand them out.
    LosesDocuments,
    /// …and does not even say so.
    ForgetsDocuments,
}

pub(crate) struct Exchange {
    pub(crate) mood: ExchangeMood,
    /// Every number ever made: whose it is and whether a reader would say "valid".
    pub(crate) numbers: BTreeMap<String, (RequestId, Validity)>,
    pub(crate) tickets: Tickets,
    /// Requests that a person answers.
    pub(crate) petitions: BTreeSet<RequestId>,
    /// What it says of a petition.
    pub(crate) petition: Option<PetitionAnswer>,
    /// What it was asked of petitions.
    pub(crate) asked: RefCell<Vec<PetitionQuestion>>,
    /// What it says of a paper, and of which it was asked.
    pub(crate) paper: Option<PaperAnswer>,
    pub(crate) papers_asked: Vec<DocumentNumber>,
    pub(super) published: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Validity {
    Open,
    Issued,
    Void,
}

impl Exchange {
    pub(super) fn new() -> Self {
        Self {
            mood: ExchangeMood::Well,
            numbers: BTreeMap::new(),
            tickets: Tickets::default(),
            petitions: BTreeSet::new(),
            petition: None,
            asked: RefCell::default(),
            paper: None,
            papers_asked: Vec::new(),
            published: 0,
        }
    }

    /// Hears of an entry of the journal, as `callcenter/exchange` takes it over.
    pub(super) fn hear(&mut self, id: &RequestId, event: &RequestEvent, copies: u32) -> Ahead {
        self.tickets.hear(id, event, copies);
        match event {
            RequestEvent::Opened { terms, .. } if terms.copies_max == 0 => {
                self.petitions.insert(id.clone());
            }
            RequestEvent::Submitted if self.petitions.contains(id) => {}
            RequestEvent::Submitted => return self.answer(id, copies),
            RequestEvent::PreparedUnderLease { documents, .. } => {
                for document in documents {
                    let number = document.number.to_string();
                    let known = self.numbers.insert(number, (id.clone(), Validity::Open));
                    assert_eq!(known, None, "a number was used before");
                }
            }
            RequestEvent::Issued { number } | RequestEvent::PaperConfirmed { number } => {
                self.mark(number, Validity::Issued);
            }
            RequestEvent::ReplacementAsked { number } => return self.replace(id, number),
            RequestEvent::Spoiled { number, .. } => self.mark(number, Validity::Void),
            RequestEvent::Closed { .. } => {
                let theirs = self.numbers.values_mut().filter(|(whose, _)| whose == id);
                for (_, validity) in theirs.filter(|(_, validity)| *validity == Validity::Open) {
                    *validity = Validity::Void;
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn answer(&mut self, id: &RequestId, copies: u32) -> Ahead {
        if self.mood != ExchangeMood::Away
            && let Some(honored) = self.tickets.honor(id)
        {
            let event = match honored {
                Honored::Documents => {
                    let documents = (0..copies).map(|_| self.document(id)).collect();
                    RequestEvent::Prepared { documents }
                }
                Honored::Money { amount_won } => RequestEvent::Credited { amount_won },
                Honored::Not(reason) => RequestEvent::Declined { reason },
            };
            return vec![(millis(2500), Happening::Publish(id.clone(), event))];
        }
        let publish = |after, event| (millis(after), Happening::Publish(id.clone(), event));
        match self.mood {
            ExchangeMood::Away => Vec::new(),
            ExchangeMood::Fails(fault) => {
                vec![publish(3000, RequestEvent::AttemptFailed { fault })]
            }
            ExchangeMood::Declines(reason) => {
                vec![publish(3000, RequestEvent::Declined { reason })]
            }
            mood => {
                let copies = if mood == ExchangeMood::Miscounts {
                    copies - 1
                } else {
                    copies
                };
                let documents = (0..copies).map(|_| self.document(id)).collect();
                let after = if mood == ExchangeMood::Overtaken {
                    70_000
                } else {
                    2500
                };
                let event = RequestEvent::Prepared { documents };
                let times = if mood == ExchangeMood::Stutters { 2 } else { 1 };
                vec![publish(after, event); times]
            }
        }
    }

    /// Is asked about a paper; away, it says nothing at all.
    pub(super) fn look_up_paper(&mut self, number: DocumentNumber) -> Ahead {
        self.papers_asked.push(number.clone());
        let answer = self.paper.clone();
        let told = Happening::Tell(Event::PaperLookedUp { number, answer });
        match self.mood {
            ExchangeMood::Away => Vec::new(),
            _ => vec![(millis(300), told)],
        }
    }

    /// Makes a copy anew, once its first number is known to be void.
    fn replace(&mut self, id: &RequestId, number: &DocumentNumber) -> Ahead {
        assert_eq!(self.numbers[number.as_str()].1, Validity::Void);
        let event = match self.mood {
            ExchangeMood::Away => return Vec::new(),
            ExchangeMood::Fails(fault) => RequestEvent::AttemptFailed { fault },
            _ => RequestEvent::Replaced {
                number: number.clone(),
                document: self.document(id),
            },
        };
        vec![(millis(2500), Happening::Publish(id.clone(), event))]
    }

    fn document(&mut self, id: &RequestId) -> DocumentReference {
        let number = format!("1126-0000-0000-{:04}", self.numbers.len());
        self.numbers
            .insert(number.clone(), (id.clone(), Validity::Open));
        DocumentReference {
            number: DocumentNumber::new(number),
            pages: 1,
            sha256: String::new(),
        }
    }

    pub(super) fn look_up(&self, code: Code) -> Ahead {
        let answer = match self.mood {
            ExchangeMood::Away => None,
            _ => Some(self.tickets.answer(&code)),
        };
        let told = Event::LookedUp { code, answer };
        vec![(millis(400), Happening::Tell(told))]
    }

    /// Of a petition it knows what the story says.
    pub(super) fn answer_of_petition(&self, question: PetitionQuestion) -> Ahead {
        self.asked.borrow_mut().push(question.clone());
        let answer = match self.mood {
            ExchangeMood::Away => None,
            _ => Some(self.petition.clone().unwrap_or(PetitionAnswer::Unknown)),
        };
        let told = Event::PetitionAnswered { question, answer };
        vec![(millis(400), Happening::Tell(told))]
    }

    pub(super) fn hand_out(&self, document: DocumentReference) -> Ahead {
        let content = match self.mood {
            ExchangeMood::ForgetsDocuments => return Vec::new(),
            ExchangeMood::LosesDocuments | ExchangeMood::Away => None,
            _ => Some(Arc::from(b"%PDF".as_slice())),
        };
        let number = document.number;
        vec![(
            millis(600),
            Happening::Tell(Event::Document { number, content }),
        )]
    }

    fn mark(&mut self, number: &DocumentNumber, validity: Validity) {
        self.numbers.get_mut(number.as_str()).unwrap().1 = validity;
    }
}
