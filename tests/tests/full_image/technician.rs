//! A technician before the machine: does what its log says that it waits for, at the places
//! where a window in memory has its controls.

use std::time::{Duration, Instant};

use bench::people::{PEOPLE, Person};
use dock::finger;
use provision::{
    screens,
    testing::{Plan, Testing},
    view::{Asked, SelfTest, Sheet, View},
};
use provision_ui::ProvisionWindow;
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

/// The screens of provisioning in memory.
pub(crate) struct Screens(ProvisionWindow);

impl Screens {
    pub(crate) fn open() -> Self {
        let window = ProvisionWindow::new().unwrap();
        window.window().set_size(PhysicalSize::new(1080, 1920));
        screens::connect(&window, "qemu-full · 1", |_| {});
        window.show().unwrap();
        Self(window)
    }

    /// Where a control is while this is shown.
    fn locate(&self, view: &View, label: &str) -> (f32, f32) {
        screens::show(&self.0, view);
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(600));
        finger::locate(&self.0, label)
            .unwrap_or_else(|| panic!("nothing is called {label:?}: {:?}", finger::labels(&self.0)))
    }
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
                let pin = |typed| View::Pin {
                    typed,
                    busy: false,
                    problem: None,
                };
                for digit in PIN.chars() {
                    self.tap(&pin(1), &digit.to_string());
                }
                self.tap(&pin(PIN.len()), "비밀번호 확인하기");
            }
            "label" => {
                let label = self.label.clone();
                self.bench
                    .barcode_reader
                    .with(|it| it.hold(label.as_bytes(), now));
            }
            "self-test LookAtThePicture" => {
                self.tap(&self.self_test(Asked::LookAtThePicture), "네, 잘 보여요");
            }
            "self-test ShowACard" => {
                self.bench.card_reader.with(|it| it.insert(TECHNICIAN, now));
                std::thread::sleep(MOMENT * 10);
                self.bench.card_reader.with(|it| it.pull());
            }
            "sheet Take" => self.tap(&View::Sheet(Sheet::Take), "네, 꺼냈어요"),
            other => {
                let corner = other
                    .strip_prefix("self-test TouchTarget(")
                    .and_then(|it| it.strip_suffix(')'));
                if let Some(corner) = corner {
                    let corner: usize = corner.parse().unwrap();
                    let view = self.self_test(Asked::TouchTarget(corner.try_into().unwrap()));
                    let label = TARGETS[corner];
                    self.tap(&view, label);
                }
            }
        }
    }

    /// The screen while this is asked: rows stand where they stand, however they came out.
    fn self_test(&self, asked: Asked) -> View {
        let plan: Plan = toml::from_str(&images::derive::self_test(&self.model)).unwrap();
        let rows = Testing::new(&plan, self.office.clock()).view().rows;
        View::SelfTest(SelfTest {
            rows,
            asked: Some(asked),
        })
    }

    fn tap(&mut self, view: &View, label: &str) {
        let place = self.screens.locate(view, label);
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
