//! The card-reader class: a reader of magnetic stripes into which a card is put by hand.

use std::collections::VecDeque;

use base64::{Engine, engine::general_purpose::STANDARD};
use devices::{
    DeviceState,
    card_reader::{CardFault, CardReaderEvent, CardReaderOrder, Track},
};
use fitting::DeviceEvent;
use serde_json::{Map, Value, json};

use crate::{
    completion::{Completion, CompletionCode, Stop},
    device_class::{DeviceClass, DeviceOrder, Effect, not_ready, object},
    envelope::Payload,
    interface::{CARD_READER, Interface},
};

/// What this reader reads.
const TRACK: &str = "track3";
/// Tracks that other readers read.
const OTHER_TRACKS: [&str; 7] = [
    "track1",
    "track2",
    "watermark",
    "track1Front",
    "track1JIS",
    "track3JIS",
    "ddi",
];
/// What other readers read, and whose results have no place for saying that there is none.
const OTHER_SOURCES: [&str; 4] = ["security", "memoryChip", "frontImage", "backImage"];

pub(crate) struct CardReader {
    /// Which of the station's readers it is.
    index: usize,
    state: DeviceState,
    inserted: bool,
    /// What the command that runs wants to know of the next card.
    reading: Option<Wanted>,
    effects: VecDeque<Effect>,
}

#[derive(Default)]
struct Wanted {
    track: bool,
    other_tracks: Vec<&'static str>,
    chip: bool,
}

impl CardReader {
    pub(crate) fn new(index: usize) -> Self {
        Self {
            index,
            state: DeviceState::default(),
            inserted: false,
            reading: None,
            effects: VecDeque::new(),
        }
    }
}

impl DeviceClass for CardReader {
    fn interface(&self) -> &'static Interface {
        &CARD_READER
    }

    fn state(&self) -> DeviceState {
        self.state
    }

    fn status(&self) -> (&'static str, Map<String, Value>) {
        let media = match self.state {
            DeviceState::Absent | DeviceState::Starting => "unknown",
            DeviceState::Ready | DeviceState::Busy | DeviceState::Faulted if self.inserted => {
                "present"
            }
            DeviceState::Ready | DeviceState::Busy | DeviceState::Faulted => "notPresent",
        };
        ("cardReader", object([("media", media.into())]))
    }

    fn capabilities(&self) -> Map<String, Value> {
        let reader = json!({
            "type": "dip",
            "readTracks": { "track1": false, "track2": false, "track3": true },
            "fluxSensorProgrammable": false,
            "readWriteAccessFromExit": false,
            "cardTakenSensor": true,
        });
        object([("cardReader", reader)])
    }

    fn begin(&mut self, _command: &str, payload: &Payload) {
        if let Some(completion) = not_ready(self.state) {
            return self.done(completion);
        }
        match wanted(payload) {
            Ok(wanted) => self.reading = Some(wanted),
            Err(code) => return self.done(Completion::of(code)),
        }
        if !self.inserted {
            self.event("CardReader.InsertCardEvent");
        }
        self.order(CardReaderOrder::Accept);
    }

    fn waits_for_a_person(&self) -> bool {
        self.reading.is_some()
    }

    fn stop(&mut self, why: Stop) {
        self.finish(why.completion());
    }

    fn give_up(&mut self) {
        self.reading = None;
        self.order(CardReaderOrder::Release);
    }

    fn told(&mut self, event: &DeviceEvent) {
        let DeviceEvent::Card(index, event) = event else {
            return;
        };
        if *index != self.index {
            return;
        }
        match event {
            CardReaderEvent::Inserted => {
                self.inserted = true;
                if let Some(wanted) = &self.reading {
                    let only_the_card = !wanted.track;
                    self.event("CardReader.MediaInsertedEvent");
                    if only_the_card {
                        self.read(None);
                    }
                }
            }
            CardReaderEvent::Track(track) => self.read(Some(track)),
            // Whose card it is and whether it counts is the client's affair.
            CardReaderEvent::Read(_) => {}
            CardReaderEvent::Refused(_) => self.finish(Completion::error("invalidMedia")),
            CardReaderEvent::Removed => {
                self.inserted = false;
                self.finish(Completion::error("noMedia"));
                self.effects.push_back(Effect::Unsolicited(
                    "CardReader.MediaRemovedEvent",
                    Payload::default(),
                ));
            }
            CardReaderEvent::Status(status) => {
                self.state = status.state;
                if let Some(completion) = not_ready(self.state) {
                    self.finish(completion);
                }
            }
        }
    }

    fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }
}

impl CardReader {
    /// The card was read, or is in and nothing of it is wanted.
    fn read(&mut self, track: Option<&Result<Track, CardFault>>) {
        let Some(wanted) = &self.reading else {
            return;
        };
        let mut payload = Map::new();
        if let Some(track) = track.filter(|_| wanted.track) {
            let data = match track {
                Ok(track) => json!({ "data": STANDARD.encode(track.data.reveal()) }),
                Err(CardFault::Damaged) => json!({ "status": "dataInvalid" }),
                Err(CardFault::Unreadable | CardFault::Unknown | CardFault::Expired) => {
                    json!({ "status": "dataMissing" })
                }
            };
            payload.insert(TRACK.to_owned(), data);
        }
        let missing = json!({ "status": "dataSourceNotSupported" });
        for other in &wanted.other_tracks {
            payload.insert((*other).to_owned(), missing.clone());
        }
        if wanted.chip {
            payload.insert("chip".to_owned(), json!([missing]));
        }
        self.finish(Completion::success(payload));
    }

    fn finish(&mut self, completion: Completion) {
        if self.reading.take().is_some() {
            self.order(CardReaderOrder::Release);
            self.done(completion);
        }
    }

    fn done(&mut self, completion: Completion) {
        self.effects.push_back(Effect::Done(completion));
    }

    fn event(&mut self, name: &'static str) {
        let event = Effect::Event(name, Payload::default());
        self.effects.push_back(event);
    }

    fn order(&mut self, order: CardReaderOrder) {
        let order = DeviceOrder::Card(self.index, order);
        self.effects.push_back(Effect::Order(order));
    }
}

fn wanted(payload: &Payload) -> Result<Wanted, CompletionCode> {
    let flag = |name: &str| match payload.0.get(name) {
        None | Some(Value::Null | Value::Bool(false)) => Ok(false),
        Some(Value::Bool(true)) => Ok(true),
        Some(_) => Err(CompletionCode::InvalidData),
    };
    let mut wanted = Wanted {
        track: flag(TRACK)?,
        chip: flag("chip")?,
        ..Wanted::default()
    };
    for other in OTHER_TRACKS {
        if flag(other)? {
            wanted.other_tracks.push(other);
        }
    }
    for other in OTHER_SOURCES {
        if flag(other)? {
            return Err(CompletionCode::UnsupportedData);
        }
    }
    Ok(wanted)
}
