//! The note in a ccTalk bill validator's escrow (headers 159 and 154).

use std::time::{Duration, Instant};

use devices::cash::CashFault;

use super::{
    acceptor::{Acceptor, Kind, is_due},
    cctalk::header,
    event_counter::Event,
    line::{Question, Reply},
};

/// Codes of header 159 after which a note lies where none can pass.
const JAMS: [u8; 6] = [
    6,  // jammed in the transport, unsafe
    7,  // jammed in the stacker
    13, // stacker faulty
    15, // stacker jammed
    16, // jammed in the transport, safe
    19, // anti-string mechanism faulty
];
/// Codes after which a note has gone back to the citizen, or never came in.
const REJECTIONS: [u8; 4] = [
    2, // invalid, validation
    3, // invalid, transport
    4, // inhibited by the host
    5, // inhibited by switches
];
const STACKER_REMOVED: u8 = 11;
const STACKER_FULL: u8 = 14;
const UNKNOWN_NOTE_STACKED: u8 = 21;
/// An answer to a route: there is no note.
const ESCROW_EMPTY: u8 = 254;
/// A note moves for at most so long; then it is routed again.
const MOVING: Duration = Duration::from_secs(5);
/// Validators hold a note for 10 s at least; then they give it back by themselves.
const EXTEND: Duration = Duration::from_secs(4);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Return,
    Stack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteNews {
    Escrowed {
        value_won: u32,
    },
    Stacked {
        value_won: u32,
    },
    Returned {
        value_won: u32,
    },
    Rejected,
    /// A note has gone where no event told; or it is worth nothing known.
    Unknown,
}

struct Held {
    value_won: u32,
    /// Whether anybody was told of it.
    told: bool,
    route: Option<Route>,
    /// When it was last routed, or its time in the escrow extended.
    routed_at: Option<Instant>,
    /// The escrow says that it is empty; until then its event is awaited.
    gone_at: Option<Instant>,
}

pub(super) struct BillValidator {
    pub(super) acceptor: Acceptor,
    held: Option<Held>,
    /// A note was followed by another before any event told where it went.
    lost: bool,
}

impl BillValidator {
    pub(super) fn new(address: u8) -> Self {
        Self {
            acceptor: Acceptor::new(address, Kind::Notes),
            held: None,
            lost: false,
        }
    }

    pub(super) fn held_won(&self) -> u32 {
        self.held.as_ref().map_or(0, |held| held.value_won)
    }

    /// Routes the note in the escrow; without one there is nothing to do.
    pub(super) fn route(&mut self, route: Route) {
        if let Some(held) = &mut self.held {
            held.route = Some(route);
            held.routed_at = None;
        }
    }

    pub(super) fn next_question(&mut self, now: Instant) -> Option<Question> {
        let routes = self.acceptor.is_running();
        if let Some(held) = self.held.as_ref().filter(|_| routes)
            && held.gone_at.is_none()
            && self.route_due().is_none_or(|due| due <= now)
        {
            // Asked again only while no event has told that the note moved.
            return Some(Question::new(
                self.acceptor.address,
                header::ROUTE_BILL,
                &[code(held.route)],
            ));
        }
        self.acceptor.next_question(now)
    }

    pub(super) fn due(&self) -> Option<Instant> {
        let due = self.acceptor.due();
        if !self.acceptor.is_running() || self.held.as_ref().is_none_or(|it| it.gone_at.is_some()) {
            return due;
        }
        self.route_due()
            .and_then(|route| due.map(|due| due.min(route)))
    }

    /// When the note is to be routed (again), or its time extended.
    fn route_due(&self) -> Option<Instant> {
        let held = self.held.as_ref()?;
        let pause = if held.route.is_some() { MOVING } else { EXTEND };
        held.routed_at.map(|at| at + pause)
    }

    pub(super) fn routed(&mut self, reply: &Reply, now: Instant) {
        self.acceptor.poll_soon();
        let Some(held) = &mut self.held else {
            return;
        };
        held.routed_at = Some(now);
        if *reply == Reply::Answer(vec![ESCROW_EMPTY]) {
            held.gone_at = Some(now + MOVING);
        }
    }

    /// A note found at the very first look belongs to somebody who was here
    /// before: it is given back, and told when it is.
    pub(super) fn found(&mut self, newest: Option<Event>) {
        self.take_up(newest, Some(Route::Return));
    }

    /// A note that lay in the escrow when the station last wrote something down:
    /// it is held until an order says where it goes.
    pub(super) fn hold(&mut self, previous: Option<Event>) {
        self.take_up(previous, None);
    }

    fn take_up(&mut self, event: Option<Event>, route: Option<Route>) {
        if let Some([kind @ 1..=u8::MAX, 1]) = event
            && let Some(value_won) = self.acceptor.value_won(kind)
        {
            self.held = Some(Held {
                value_won,
                told: true,
                route,
                routed_at: None,
                gone_at: None,
            });
        }
    }

    /// The note in the escrow that somebody was told of.
    pub(super) fn told_won(&self) -> Option<u32> {
        let held = self.held.as_ref().filter(|held| held.told)?;
        Some(held.value_won)
    }

    /// After a reset nobody knows whether the note is still there: it is asked.
    pub(super) fn reset(&mut self) {
        if let Some(held) = &mut self.held {
            held.routed_at = None;
        }
    }

    /// What one event means. `wanted` says whether a note is taken at all; one
    /// that is not goes back.
    pub(super) fn read(&mut self, event: Event, wanted: bool, now: Instant) -> Option<NoteNews> {
        match event {
            [0, 1] => Some(match self.held.take() {
                Some(Held {
                    value_won,
                    told: true,
                    ..
                }) => NoteNews::Returned { value_won },
                Some(_) | None => NoteNews::Rejected,
            }),
            [0, code] if JAMS.contains(&code) => {
                self.acceptor.fault = Some(CashFault::NoteJam);
                None
            }
            [0, STACKER_REMOVED | STACKER_FULL] => {
                self.acceptor.fault = Some(CashFault::NoteBox);
                None
            }
            [0, code] if REJECTIONS.contains(&code) => Some(NoteNews::Rejected),
            [0, UNKNOWN_NOTE_STACKED] => Some(NoteNews::Unknown),
            [0, code] => {
                tracing::debug!(code, "The bill validator told a code");
                None
            }
            [kind, 1] => self.escrowed(kind, wanted, now),
            [kind, 0] => {
                self.held = None;
                let value_won = self.acceptor.value_won(kind);
                Some(
                    value_won.map_or(NoteNews::Unknown, |value_won| NoteNews::Stacked {
                        value_won,
                    }),
                )
            }
            [kind, code] => {
                tracing::debug!(kind, code, "The bill validator told something unknown");
                None
            }
        }
    }

    fn escrowed(&mut self, kind: u8, wanted: bool, now: Instant) -> Option<NoteNews> {
        let value_won = self.acceptor.value_won(kind);
        if let Some(before) = &mut self.held {
            if Some(before.value_won) == value_won {
                // Told again after a reset; two notes never lie in one escrow.
                before.routed_at = None;
                before.gone_at = None;
                return None;
            }
            self.lost |= before.told;
        }
        let wanted = wanted && value_won.is_some();
        self.held = Some(Held {
            value_won: value_won.unwrap_or(0),
            told: wanted,
            route: (!wanted).then_some(Route::Return),
            routed_at: wanted.then_some(now),
            gone_at: None,
        });
        let value_won = value_won.filter(|_| wanted)?;
        Some(NoteNews::Escrowed { value_won })
    }

    /// After each answer with events: a note that is gone and of which no event
    /// has told is unknown from now on.
    pub(super) fn settle(&mut self, now: Instant) -> Option<NoteNews> {
        if std::mem::take(&mut self.lost) {
            return Some(NoteNews::Unknown);
        }
        let gone_at = self.held.as_ref()?.gone_at?;
        if !is_due(Some(gone_at), now) {
            return None;
        }
        self.held = None;
        Some(NoteNews::Unknown)
    }
}

/// The code of header 154.
fn code(route: Option<Route>) -> u8 {
    match route {
        Some(Route::Return) => 0,
        Some(Route::Stack) => 1,
        None => 255,
    }
}
