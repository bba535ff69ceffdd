//! What a trainee does, seen from the views of the desk.
//!
//! The desk is the real one and knows nothing of training: whatever an exercise has
//! to know is read from what its window shows.

mod draft;

use std::{collections::BTreeMap, sync::Arc};

use catalog::{Bilingual, Catalog};
use desk::{
    preparation::{Caller, PreparationView},
    shift::ShiftState,
    telephone::{CallState, TalkState},
    workplace::view::{DoingView, PaneView, View},
};
use training::{Certainty, Disclosure, Event, Topic};

use draft::Draft;

/// Offices of the directory: by the id scenarios know them by, what the desk calls them.
pub type Offices = BTreeMap<String, Bilingual>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    Exercise(Event),
    /// The agent is no longer in the talk: hung up, or has given the caller over to
    /// the office that was chosen last.
    TalkEnded {
        office: Option<String>,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Away,
    WithCaller,
    /// In the talk, and the caller does not hear the agent.
    Apart,
}

/// One exercise's view of the desk.
#[derive(Debug)]
pub struct Watching {
    catalog: Arc<Catalog>,
    offices: Arc<Offices>,
    place: Place,
    certainty: Option<Certainty>,
    wrapping_up: bool,
    reading: bool,
    reading_earlier: bool,
    office: Option<String>,
    draft: Draft,
}

impl Watching {
    pub fn new(catalog: Arc<Catalog>, offices: Arc<Offices>) -> Self {
        Self {
            catalog,
            offices,
            place: Place::Away,
            certainty: None,
            wrapping_up: false,
            reading: false,
            reading_earlier: false,
            office: None,
            draft: Draft::default(),
        }
    }

    /// Takes a view; answers what has happened since the last one, in order.
    pub fn see(&mut self, view: &View) -> Vec<Sight> {
        let mut sights = Vec::new();
        self.see_certainty(view, &mut sights);
        self.see_pane(view, &mut sights);
        self.see_call(view, &mut sights);
        let wrapping_up = view.shift == ShiftState::WrapUp;
        if std::mem::replace(&mut self.wrapping_up, wrapping_up) && !wrapping_up {
            sights.push(Sight::Exercise(Event::WrappedUp));
        }
        sights
    }

    /// What the form before the trainee asks for next: whoever speaks to the caller
    /// now asks for that.
    pub fn asks_for(&mut self) -> Option<Topic> {
        self.draft.asks_for()
    }

    fn see_call(&mut self, view: &View, sights: &mut Vec<Sight>) {
        let place = place(view.telephone.state);
        let event = match (std::mem::replace(&mut self.place, place), place) {
            (Place::Away, Place::WithCaller) => Sight::Exercise(Event::Answered),
            (Place::WithCaller, Place::Apart) => Sight::Exercise(Event::Held),
            (Place::Apart, Place::WithCaller) => Sight::Exercise(Event::Retrieved),
            (Place::WithCaller | Place::Apart, Place::Away) => Sight::TalkEnded {
                office: self.office.take(),
            },
            (Place::Away, Place::Away | Place::Apart)
            | (Place::WithCaller, Place::WithCaller)
            | (Place::Apart, Place::Apart) => return,
        };
        sights.push(event);
    }

    fn see_certainty(&mut self, view: &View, sights: &mut Vec<Sight>) {
        let certainty = match view.caller {
            Some(Caller::Stated) => Some(Certainty::Stated),
            Some(Caller::Checked) => Some(Certainty::Checked),
            Some(Caller::Unknown) | None => return,
        };
        if certainty > self.certainty {
            self.certainty = certainty;
            sights.extend(certainty.map(|it| Sight::Exercise(Event::Identified(it))));
        }
    }

    fn see_pane(&mut self, view: &View, sights: &mut Vec<Sight>) {
        let (mut reading, mut reading_earlier) = (false, false);
        match &view.pane {
            PaneView::Preparation(preparation) => {
                let language = view.language.code();
                self.draft.see(preparation, &self.catalog, language);
                reading = matches!(**preparation, PreparationView::Read(_));
            }
            PaneView::Worklist(list) => {
                reading_earlier = matches!(list.doing, DoingView::Reading { .. });
            }
            PaneView::Directory(directory) => {
                let chosen = directory.entries.get(directory.selected);
                self.office = chosen.and_then(|it| self.office_called(it.name.reveal()));
            }
            PaneView::SignIn { .. }
            | PaneView::Broken
            | PaneView::Attention(_)
            | PaneView::Board(_)
            | PaneView::Helping(_)
            | PaneView::Petitions(_)
            | PaneView::Knowledge(_)
            | PaneView::Postings(_)
            | PaneView::Sending(_)
            | PaneView::Sound(_)
            | PaneView::Checks(_)
            | PaneView::Reviews(_)
            | PaneView::Disposition(_) => {}
        }
        if !std::mem::replace(&mut self.reading, reading) && reading {
            let prepared = self.draft.take_prepared();
            sights.extend(prepared.map(|it| Sight::Exercise(Event::Prepared(it))));
        }
        if !std::mem::replace(&mut self.reading_earlier, reading_earlier) && reading_earlier {
            let told = Event::Disclosed(Disclosure::EarlierRequests);
            sights.push(Sight::Exercise(told));
        }
    }

    fn office_called(&self, name: &str) -> Option<String> {
        let mut offices = self.offices.iter();
        let found = offices.find(|(_, called)| called.ko == name || called.en == name);
        found.map(|(id, _)| id.clone())
    }
}

fn place(state: CallState) -> Place {
    match state {
        CallState::Talking { with, .. } => match with {
            TalkState::Established | TalkState::Conferenced | TalkState::Waiting => {
                Place::WithCaller
            }
            TalkState::Held
            | TalkState::Consulting { .. }
            | TalkState::Consulted
            | TalkState::Transferring => Place::Apart,
        },
        CallState::NotConfigured
        | CallState::Unregistered
        | CallState::Resting
        | CallState::Ringing => Place::Away,
    }
}
