//! A room and a workplace that play together; the switch between them is played here,
//! and the exchange's rooms are the real ones.

mod kiosk;
mod playing;

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::{Bilingual, Catalog};
use desk::{
    Contact, Moment,
    preparation::Field,
    telephone::{Directory, Office, Ringing, TelephoneEvent},
    workplace::{Event as DeskEvent, Line, Site, Touch, Workplace, touch_of},
};
use handover::{RoomRefusal, Rooms};
use privacy::Personal;
use request::Timestamp;
use softphone::Ended;
use ticket::Issuer;
use training::{Caller, Lesson, TrainingRecord};

use crate::room::{
    ExaminationRules, Input, Key, Lessons, Room,
    view::{Notice, Pane, RoomView, Stage},
};

const SEED: u64 = 3;
const LEVEL_EVERY: Duration = Duration::from_millis(200);
const LOUD: f64 = -18.0;
const QUIET: f64 = -127.0;
const LINE_LASTS: Duration = Duration::from_secs(2);

pub(super) struct Bench {
    room: Room,
    workplace: Workplace,
    lessons: Lessons,
    now: Moment,
    view: Option<RoomView>,
    scenario: Option<Lesson>,
    said: Vec<String>,
    records: Vec<TrainingRecord>,
    hung_up: bool,
    requests: u32,
    rooms: Rooms,
    /// The desk shows a citizen's form.
    helps: bool,
    /// What the exchange says to every kiosk, when it says no.
    refuses: Option<RoomRefusal>,
}

fn house() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn lessons() -> Lessons {
    let catalog = Catalog::read(&house().join("shared/catalog")).unwrap();
    let files = fs::read_dir(house().join("callcenter/training/scenarios")).unwrap();
    let mut files: Vec<_> = files.map(|it| it.unwrap().path()).collect();
    files.sort();
    let scenario = |file: &std::path::PathBuf| {
        let name = file.file_stem().unwrap().to_str().unwrap();
        Lesson::parse(name, &fs::read_to_string(file).unwrap(), &catalog).unwrap()
    };
    let tax = Bilingual {
        ko: "가온구청 세무과".to_owned(),
        en: "Tax office of Gaon-gu".to_owned(),
    };
    Lessons {
        scenarios: files.iter().map(scenario).collect(),
        catalog: Arc::new(catalog),
        offices: Arc::new([("gaon-tax".to_owned(), tax)].into()),
        examination: ExaminationRules {
            questions: 5,
            pass_percent: 80,
        },
        has_kiosk: true,
    }
}

impl Bench {
    pub(super) fn empty() -> Self {
        let lessons = lessons();
        let now = Moment {
            instant: Instant::now(),
            wall: Timestamp::from_millis(1_795_482_000_000),
        };
        let issuer = Issuer::from_pem("desk-1", &Issuer::fresh_key().unwrap()).unwrap();
        let site = Site {
            office: Bilingual::default(),
            jurisdiction: "41999".to_owned(),
            text_messages: false,
            sound: None,
            wrap_up: Duration::from_secs(60),
            has_telephone: true,
            has_switch: false,
            has_agent: false,
        };
        let catalog = Arc::clone(&lessons.catalog);
        let workplace = Workplace::new(catalog, site, Arc::new(issuer), Vec::new(), now);
        let mut bench = Self {
            room: Room::new(lessons.clone(), SEED),
            workplace,
            lessons,
            now,
            view: None,
            scenario: None,
            said: Vec::new(),
            records: Vec::new(),
            hung_up: false,
            requests: 0,
            rooms: Rooms::new("1"),
            helps: false,
            refuses: None,
        };
        bench.play();
        bench
    }

    pub(super) fn signed_in() -> Self {
        let mut bench = Self::empty();
        let contact = Contact {
            exchange: Some(bench.now.wall),
            ..Contact::default()
        };
        bench.tell(DeskEvent::LastContact(contact));
        bench.telephone(TelephoneEvent::Registered);
        bench.types(Line::Agent, "kim.2");
        bench.press(&["Enter"]);
        bench.telephone(TelephoneEvent::Directory(Directory {
            offices: vec![Office {
                id: "gaon-tax".to_owned(),
                name: "가온구청 세무과".to_owned(),
            }],
            ..Directory::default()
        }));
        bench
    }

    /// Chooses an exercise and becomes ready: somebody calls.
    pub(super) fn begins(&mut self, scenario: &str) {
        self.chooses(scenario);
        assert!(matches!(self.pane(), Pane::Wait { .. }));
        self.press(&["F6"]);
        assert!(self.is_at(Stage::Ringing));
    }

    pub(super) fn chooses(&mut self, scenario: &str) {
        let mut scenarios = self.lessons.scenarios.iter();
        let at = scenarios.position(|it| it.id() == scenario).unwrap();
        self.scenario = self.lessons.scenarios.get(at).cloned();
        self.key(Key::Pick(at));
        self.key(Key::Choose);
    }

    pub(super) fn chooses_the_test(&mut self) {
        self.key(Key::Pick(usize::MAX));
        self.key(Key::Choose);
    }

    pub(super) fn caller(&self) -> Caller {
        let Some(Lesson::Call(scenario)) = &self.scenario else {
            panic!("nobody calls");
        };
        Caller::draw(scenario, &self.lessons.catalog, SEED)
    }

    pub(super) fn answers_the_call(&mut self) {
        self.picks_up();
        self.passes(LINE_LASTS);
    }

    /// The caller has just begun to speak.
    pub(super) fn picks_up(&mut self) {
        self.line(softphone::Event::Answered);
        self.telephone(TelephoneEvent::Ringing(Ringing::default()));
        self.press(&["F9"]);
        assert_eq!(self.said.len(), 1, "the caller says nothing");
    }

    pub(super) fn lines_said(&self) -> usize {
        self.said.len()
    }

    /// Asks for what the form needs next, again and again, until the caller has
    /// told it.
    pub(super) fn asks_until_told(&mut self, wanted: &str) {
        for _ in 0..4 {
            self.speaks_for(Duration::from_secs(1));
            if self.said.last().unwrap().contains(wanted) {
                return;
            }
        }
        panic!("nobody tells {wanted}: {:?}", self.said);
    }

    /// Speaks so long, and listens to the answer.
    pub(super) fn speaks_for(&mut self, duration: Duration) {
        self.sounds(duration);
        self.passes(LINE_LASTS);
    }

    /// Speaks so long, and pauses for a second.
    pub(super) fn sounds(&mut self, duration: Duration) {
        let mut left = duration;
        while !left.is_zero() {
            self.level(LOUD);
            left = left.saturating_sub(LEVEL_EVERY);
        }
        for _ in 0..6 {
            self.level(QUIET);
        }
    }

    pub(super) fn hears_the_caller_hang_up(&mut self) {
        for _ in 0..20 {
            if self.hung_up {
                break;
            }
            self.passes(Duration::from_secs(1));
        }
        assert!(self.hung_up, "the caller stays on the line");
        self.telephone(TelephoneEvent::Ended);
    }

    pub(super) fn hangs_up(&mut self) {
        self.press(&["F12"]);
        self.line(softphone::Event::Ended(Ended::There));
        self.passes(Duration::from_secs(2));
    }

    /// The switch has done what was asked: the agent is out, the caller is not.
    pub(super) fn gives_the_caller_over(&mut self) {
        self.telephone(TelephoneEvent::Ended);
        self.passes(Duration::from_secs(2));
    }

    pub(super) fn waits(&mut self, duration: Duration) {
        self.passes(duration);
    }

    pub(super) fn line_ends(&mut self) {
        self.line(softphone::Event::Ended(Ended::Refused { status: 480 }));
    }

    pub(super) fn opens_service(&mut self, query: &str) {
        self.types(Line::Form(Field::Query), query);
        self.press(&["Enter"]);
    }

    pub(super) fn fills(&mut self, question: &str, text: &str) {
        self.types(Line::Form(Field::Answer(question.to_owned())), text);
    }

    pub(super) fn looks_for(&mut self, text: &str) {
        self.types(Line::Recipient, text);
    }

    pub(super) fn words_of(&self, list: &str, code: &str) -> String {
        let codes = self.lessons.catalog.codes(list).unwrap();
        codes.get(code).unwrap().ko.clone()
    }

    pub(super) fn press(&mut self, keys: &[&str]) {
        for key in keys {
            self.tell(DeskEvent::Touched(touch_of(key).unwrap()));
        }
    }

    pub(super) fn key(&mut self, key: Key) {
        self.room.handle(Input::Key(key), self.now);
        self.play();
    }

    pub(super) fn pane(&self) -> Pane {
        self.view.clone().unwrap().pane
    }

    pub(super) fn notice(&self) -> Option<Notice> {
        self.view.as_ref().unwrap().notice
    }

    pub(super) fn is_at(&self, wanted: Stage) -> bool {
        matches!(self.pane(), Pane::Practise { stage, .. } if stage == wanted)
    }

    pub(super) fn passed(&self) -> Vec<String> {
        let Pane::Choose { rows, .. } = self.pane() else {
            return Vec::new();
        };
        let ids = self.lessons.scenarios.iter().map(|it| it.id().to_owned());
        let passed = ids.zip(rows).filter(|(_, row)| row.passed == Some(true));
        passed.map(|(id, _)| id).collect()
    }

    pub(super) fn only_record(&self) -> TrainingRecord {
        let [record] = self.records.as_slice() else {
            panic!("{:?}", self.records);
        };
        record.clone()
    }

    pub(super) fn has_no_record(&self) -> bool {
        self.records.is_empty()
    }

    pub(super) fn has_hung_up(&self) -> bool {
        self.hung_up
    }

    fn types(&mut self, line: Line, text: &str) {
        let text = Personal::new(text.to_owned());
        self.tell(DeskEvent::Touched(Touch::Type { line, text }));
    }

    fn tell(&mut self, event: DeskEvent) {
        self.workplace.handle(event, self.now);
        self.play();
    }

    fn telephone(&mut self, event: TelephoneEvent) {
        self.tell(DeskEvent::Telephone(event));
    }

    fn line(&mut self, event: softphone::Event) {
        self.room.handle(Input::Line(event), self.now);
        self.play();
    }

    fn level(&mut self, loudspeaker: f64) {
        self.passes(LEVEL_EVERY);
        self.line(softphone::Event::Levels {
            microphone: QUIET,
            loudspeaker,
        });
    }

    fn passes(&mut self, duration: Duration) {
        let until = self.now.instant + duration;
        let due = |it: &Self| {
            let due = [it.room.poll_timeout(), it.workplace.poll_timeout()];
            due.into_iter().flatten().min()
        };
        while let Some(due) = due(self).filter(|due| *due <= until) {
            self.now.instant = self.now.instant.max(due);
            self.room.handle_timeout(self.now);
            self.workplace.handle_timeout(self.now);
            self.play();
        }
        self.now.instant = until;
    }
}
