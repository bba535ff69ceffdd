//! A technician before the machine: does what its log says that it waits for, at the places
//! where a window in memory has its controls.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use bench::people::{PEOPLE, Person};
use dock::finger;
use i_slint_backend_testing::{TestingBackend, TestingBackendOptions};
use images::Model;
use provision::{
    screens,
    testing::{Plan, Testing},
    view::{Asked, SelfTest, Sheet, View},
};
use provision_ui::ProvisionWindow;
use request::Timestamp;
use slint::{ComponentHandle, PhysicalSize};

use crate::place::Place;

/// Who looks after machines; a citizen like others, with a card of their own.
pub(crate) const TECHNICIAN: Person = PEOPLE[3];
pub(crate) const PIN: &str = "271828";
const PANEL: (f32, f32) = (1080.0, 1920.0);
const MOMENT: Duration = Duration::from_millis(300);
/// What the log says before each new moment of provisioning.
const STEP: &str = "The machine is being brought into service step=\"";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    InService,
    /// The time was over; the last moment that was seen, if any.
    At(Option<String>),
}

/// What is to be touched, by a name of its own, while what is shown.
fn touched(model: &Model) -> Vec<(String, View, String)> {
    let pin = |typed| View::Pin {
        typed,
        busy: false,
        problem: None,
    };
    let mut all = Vec::new();
    for digit in '0'..='9' {
        all.push((format!("pin {digit}"), pin(1), digit.to_string()));
    }
    all.push((
        "pin".to_owned(),
        pin(PIN.len()),
        "비밀번호 확인하기".to_owned(),
    ));
    // Rows stand where they stand, however they came out.
    let plan: Plan = toml::from_str(&images::derive::self_test(model)).unwrap();
    let rows = Testing::new(&plan, Timestamp::default()).view().rows;
    let test = |asked| {
        View::SelfTest(SelfTest {
            rows: rows.clone(),
            asked: Some(asked),
        })
    };
    let look = test(Asked::LookAtThePicture);
    all.push((look.moment(), look, "네, 잘 보여요".to_owned()));
    for (corner, label) in (0..).zip(TARGETS) {
        let target = test(Asked::TouchTarget(corner));
        all.push((target.moment(), target, label.to_owned()));
    }
    let take = View::Sheet(Sheet::Take);
    all.push((take.moment(), take, "네, 꺼냈어요".to_owned()));
    all
}

/// Where all of it is, for a technician's finger. Two windows of different languages cannot be
/// in one program, so that this runs in one of its own.
pub(crate) fn tell_places(into: &Path, model: &Model) {
    let options = TestingBackendOptions {
        mock_time: true,
        threading: false,
        renderer_name: Some("software".into()),
    };
    slint::platform::set_platform(Box::new(TestingBackend::new(options))).unwrap();
    let window = ProvisionWindow::new().unwrap();
    window.window().set_size(PhysicalSize::new(1080, 1920));
    screens::connect(&window, "qemu-full · 1", |_| {});
    window.show().unwrap();
    let mut places = BTreeMap::new();
    for (name, view, label) in touched(model) {
        screens::show(&window, &view);
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(600));
        let place = finger::locate(&window, &label).unwrap_or_else(|| {
            panic!("nothing is called {label:?}: {:?}", finger::labels(&window))
        });
        places.insert(name, place);
    }
    fs::write(into, serde_json::to_vec(&places).unwrap()).unwrap();
}

/// Asks the program above.
pub(crate) fn places(folder: &Path) -> BTreeMap<String, (f32, f32)> {
    let file = folder.join("places.json");
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "where_a_technician_touches"])
        .env("MINWON_PLACES", &file)
        .output()
        .unwrap();
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stdout)
    );
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

impl Place {
    /// Goes on wherever the machine is, until it is in service or the time is over.
    pub(crate) fn bring_into_service(&mut self, within: Duration) -> Outcome {
        let given_up = Instant::now() + within;
        let mut done: Option<String> = None;
        while Instant::now() < given_up {
            let said = self.machine().console();
            if said.contains("Started minwon-kiosk.service") || said.contains("kiosk::running") {
                return Outcome::InService;
            }
            let step = last_step(&said);
            if step == done || step.is_none() {
                std::thread::sleep(MOMENT);
                continue;
            }
            // What is on the screen a moment later is what the log has said.
            std::thread::sleep(MOMENT * 2);
            if let Some(step) = &step {
                self.do_what_is_wanted(step);
            }
            done = step;
        }
        Outcome::At(last_step(&self.machine().console()))
    }

    fn do_what_is_wanted(&mut self, step: &str) {
        let now = Instant::now();
        match step {
            "card" => self.bench.card_reader.with(|it| it.insert(TECHNICIAN, now)),
            "pin" => {
                self.bench.card_reader.with(|it| it.pull());
                for digit in PIN.chars() {
                    self.tap(&format!("pin {digit}"));
                }
                self.tap("pin");
            }
            "label" => {
                let label = self.label.clone();
                self.bench
                    .barcode_reader
                    .with(|it| it.hold(label.as_bytes(), now));
            }
            "self-test ShowACard" => {
                self.bench.card_reader.with(|it| it.insert(TECHNICIAN, now));
                std::thread::sleep(MOMENT * 10);
                self.bench.card_reader.with(|it| it.pull());
            }
            failed if failed.starts_with("self-test failed") => panic!("{failed}"),
            "sheet NotPrinted" | "sheet NotTold" => panic!("{step}"),
            other if self.places.contains_key(other) => self.tap(other),
            _ => {}
        }
    }

    fn tap(&mut self, name: &str) {
        let place = self.places[name];
        self.machine_mut().tap(place, PANEL);
    }
}

const TARGETS: [&str; 4] = [
    "왼쪽 위 표적",
    "오른쪽 위 표적",
    "왼쪽 아래 표적",
    "오른쪽 아래 표적",
];

fn last_step(said: &str) -> Option<String> {
    let (_, rest) = said.rsplit_once(STEP)?;
    let (step, _) = rest.split_once('"')?;
    Some(step.to_owned())
}
