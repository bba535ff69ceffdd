//! From start to the first frame, from a touch to the next frame, and what the
//! kiosk's window weighs: 1080×1920, software renderer, no display.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    cell::Cell,
    process::Command,
    rc::Rc,
    time::{Duration, Instant},
};

use kiosk::{
    screens,
    visit::{
        Language, View,
        view::{Accessibility, Keyboard, KeyboardLayout, Question, QuestionKind, Screen, Welcome},
    },
};
use kiosk_ui::KioskWindow;
use slint::{
    ComponentHandle, LogicalPosition, PhysicalSize, PlatformError,
    platform::{
        Platform, PointerEventButton, WindowAdapter, WindowEvent,
        software_renderer::{MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType},
    },
};

const WIDTH: u32 = 1080;
const HEIGHT: u32 = 1920;
const TOUCHES: usize = 400;
const STARTS: usize = 15;
/// Tells the child process to draw one frame and to end.
const ONE_FRAME: &str = "--one-frame";

/// A screen in memory, with the system's clock.
struct Panel {
    window: Rc<MinimalSoftwareWindow>,
    start: Instant,
}

impl Platform for Panel {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(Rc::clone(&self.window) as Rc<dyn WindowAdapter>)
    }

    fn duration_since_start(&self) -> Duration {
        self.start.elapsed()
    }
}

fn main() {
    let panel = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
    panel.set_size(PhysicalSize::new(WIDTH, HEIGHT));
    slint::platform::set_platform(Box::new(Panel {
        window: Rc::clone(&panel),
        start: Instant::now(),
    }))
    .unwrap();
    let mut pixels = vec![PremultipliedRgbaColor::default(); (WIDTH * HEIGHT) as usize];
    let window = KioskWindow::new().unwrap();
    window.show().unwrap();
    screens::show(&window, &welcome());
    draw(&panel, &mut pixels);
    if std::env::args().any(|argument| argument == ONE_FRAME) {
        return;
    }

    println!("screen: {WIDTH}x{HEIGHT}, software renderer, no display");
    starts();
    touches(&window, &panel, &mut pixels);
    println!(
        "  resident memory with the window drawn: {} MiB",
        resident_mib()
    );
}

fn draw(panel: &MinimalSoftwareWindow, pixels: &mut [PremultipliedRgbaColor]) -> bool {
    slint::platform::update_timers_and_animations();
    panel.draw_if_needed(|renderer| {
        renderer.render(pixels, WIDTH as usize);
    })
}

/// Whole processes, from `exec` until the first frame is drawn and they end.
fn starts() {
    let program = std::env::current_exe().unwrap();
    let mut times: Vec<Duration> = (0..STARTS)
        .map(|_| {
            let start = Instant::now();
            assert!(
                Command::new(&program)
                    .arg(ONE_FRAME)
                    .status()
                    .unwrap()
                    .success()
            );
            start.elapsed()
        })
        .collect();
    report("process start to first frame", &mut times);
}

/// A finger on a key of the on-screen keyboard: the pressed key in the next frame.
fn touches(
    window: &KioskWindow,
    panel: &MinimalSoftwareWindow,
    pixels: &mut [PremultipliedRgbaColor],
) {
    let heard = Rc::new(Cell::new(0));
    let counting = Rc::clone(&heard);
    screens::connect(window, move |_| counting.set(counting.get() + 1));
    screens::show(window, &question());
    draw(panel, pixels);
    let (x, y) = dock::finger::locate(window, "ㅎ").expect("the keyboard is up");
    let (position, button) = (LogicalPosition::new(x, y), PointerEventButton::Left);
    let mut times = Vec::new();
    for _ in 0..TOUCHES {
        let start = Instant::now();
        window
            .window()
            .dispatch_event(WindowEvent::PointerPressed { position, button });
        assert!(draw(panel, pixels), "a pressed key looks as before");
        times.push(start.elapsed());
        window
            .window()
            .dispatch_event(WindowEvent::PointerReleased { position, button });
        // The key springs back before the next touch.
        let settled = Instant::now() + Duration::from_millis(2);
        while Instant::now() < settled {
            draw(panel, pixels);
        }
    }
    assert!(heard.get() >= TOUCHES, "touches were lost");
    report("touch to next frame", &mut times);
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    println!(
        "  {what}: median {:.2} ms, p99 {:.2} ms ({} times)",
        at(50),
        at(99),
        times.len()
    );
}

fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

fn view(screen: Screen) -> View {
    View {
        screen,
        language: Language::Korean,
        office: "한빛시 가온구청".to_owned(),
        telephone: "120".to_owned(),
        title: None,
        progress: None,
        leaving_in: None,
        accessibility: Accessibility::default(),
        helping: false,
        choosing_language: false,
        help: kiosk::visit::view::Help::default(),
        check_offered: false,
        basket: kiosk::visit::view::Basket::default(),
        nearby: None,
    }
}

fn welcome() -> View {
    view(Screen::Welcome(Welcome {
        office: "한빛시 가온구청".to_owned(),
        opening_hours: "24시간".to_owned(),
        topics: Vec::new(),
        services: 2,
        troubles: Vec::new(),
        last_contact: None,
        notices: Vec::new(),
    }))
}

fn question() -> View {
    view(Screen::Question(Question {
        label: "땅이 어느 동에 있나요?".to_owned(),
        hint: String::new(),
        kind: QuestionKind::Text,
        text: String::new(),
        composing: String::new(),
        many_lines: false,
        limit: 30,
        suggestions: Vec::new(),
        choices: Vec::new(),
        refusal: None,
        keyboard: Keyboard {
            layout: KeyboardLayout::Hangul,
            shifted: false,
            row_of_digits: false,
        },
    }))
}
