//! How offices handle a petition between its submission and its end.

use std::collections::BTreeSet;

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::{AgentId, Enclosure, OfficeId, RequestEvent, RequestId, Timestamp};

/// Why a petition came to its first office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteGround {
    /// A rule of the directory, by its id; the word of the rule that the petition has in
    /// it; and the legal district it speaks of, where offices share a duty by place.
    Rule {
        rule: String,
        word: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        district: Option<String>,
    },
    /// No rule matched: the general desk finds out whose it is.
    GeneralDesk,
}

/// Why petitions are handled together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinGround {
    /// The same person asked for the same thing again.
    SamePerson,
    /// Many people asked for the same thing.
    Mass,
}

/// What an agency decided of a request for information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Disclosed,
    /// Some of it is withheld.
    PartlyDisclosed,
    Withheld,
    /// The agency holds no such information.
    NotHeld,
}

/// What its citizen thinks of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5, the best.
    pub stars: u8,
    /// May be empty.
    pub words: Personal<String>,
}

/// A citizen who does not accept an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Which answers it: never the office whose answer it is about.
    pub office: OfficeId,
    pub text: Personal<String>,
}

/// A file that an agent laid to a petition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub agent: AgentId,
    pub enclosure: Enclosure,
    /// The citizen gets it with the answer.
    pub with_answer: bool,
}

/// One petition's way through the offices, as its events have made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handling {
    /// Under which its citizen asks for it: sixteen digits with a check digit.
    pub receipt: Option<String>,
    /// Which answers it now.
    pub office: Option<OfficeId>,
    pub ground: Option<RouteGround>,
    /// Offices it was with before, the present one not among them.
    pub earlier_offices: BTreeSet<OfficeId>,
    /// Until when it must be answered.
    pub due_at: Option<Timestamp>,
    pub extended: bool,
    /// The petition it is handled together with.
    pub leading: Option<(RequestId, JoinGround)>,
    pub attachments: Vec<Attachment>,
    pub decision: Option<Decision>,
    /// Until when the answer may be rated, or appealed against.
    pub open_until: Option<Timestamp>,
    pub rating: Option<Rating>,
    pub appeal: Option<Appeal>,
    /// Nothing can happen to it any more.
    pub concluded: bool,
}

impl Handling {
    /// Takes over what has happened; what is not about offices changes nothing.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other events are about something else"
    )]
    pub(crate) fn apply(&mut self, event: &RequestEvent) {
        match event {
            RequestEvent::Received { receipt } => self.receipt = Some(receipt.clone()),
            RequestEvent::Routed { office, ground } => {
                self.ground = Some(ground.clone());
                self.go_to(office);
            }
            RequestEvent::Transferred { office, .. } => self.go_to(office),
            RequestEvent::DueSet { due_at } => self.due_at = Some(*due_at),
            RequestEvent::Extended { due_at, .. } => {
                self.due_at = Some(*due_at);
                self.extended = true;
            }
            RequestEvent::Joined {
                leading, ground, ..
            } => self.leading = Some((leading.clone(), *ground)),
            RequestEvent::Separated { .. } => self.leading = None,
            RequestEvent::Attached {
                agent,
                enclosure,
                with_answer,
            } => self.attachments.push(Attachment {
                agent: agent.clone(),
                enclosure: enclosure.clone(),
                with_answer: *with_answer,
            }),
            RequestEvent::Replied { decision, .. } => {
                self.decision = *decision;
                self.rating = None;
            }
            RequestEvent::StaysOpen { until } => self.open_until = Some(*until),
            RequestEvent::Rated { stars, words } => {
                self.rating = Some(Rating {
                    stars: *stars,
                    words: words.clone(),
                });
            }
            RequestEvent::Appealed { office, text } => {
                self.go_to(office);
                self.due_at = None;
                self.extended = false;
                self.appeal = Some(Appeal {
                    office: office.clone(),
                    text: text.clone(),
                });
            }
            RequestEvent::Concluded => self.concluded = true,
            _ => {}
        }
    }

    fn go_to(&mut self, office: &OfficeId) {
        if let Some(before) = self.office.replace(office.clone()) {
            self.earlier_offices.insert(before);
        }
        self.earlier_offices.remove(office);
    }
}
