//! A window on a machine of its own: the whole panel by KMS, drawn by the processor, and
//! fingers and keys from the kernel. No window system, and no C library for either.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use evdev::{AbsoluteAxisCode, Device, KeyCode};
use slint::{
    BackendSelector, ComponentHandle, LogicalPosition, PlatformError, Weak,
    platform::{PointerEventButton, WindowEvent},
};

use crate::{
    keypad::Keypad,
    touch_screen::{Axis, Finger, Place, TouchScreen, Turn, code},
};

const DEVICES: &str = "/dev/input";
/// How soon what was plugged in is heard; a touch screen that resets itself comes back so.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

type Heard = Arc<Mutex<BTreeSet<PathBuf>>>;

/// Lets windows be opened on the panel.
///
/// # Errors
/// When the program has a screen already.
pub fn take_panel() -> Result<(), PlatformError> {
    BackendSelector::new()
        .backend_name("linuxkms".into())
        .renderer_name("software".into())
        .select()
}

/// Hears every finger and key until the window is gone, on threads of its own.
///
/// # Errors
/// When the machine has no threads left.
pub fn listen<W: ComponentHandle + 'static>(window: &W) -> io::Result<()> {
    let window = window.as_weak();
    let turned = std::env::var("SLINT_KMS_ROTATION").unwrap_or_default();
    let turn = Turn::of_degrees(&turned).unwrap_or_default();
    let heard = Heard::default();
    let watch = move || {
        // Fails when the event loop is gone.
        while window.upgrade_in_event_loop(|_| {}).is_ok() {
            hear_new(&window, turn, &heard);
            thread::sleep(LOOK_AGAIN);
        }
    };
    thread::Builder::new()
        .name("panel-input".to_owned())
        .spawn(watch)?;
    Ok(())
}

fn hear_new<W: ComponentHandle + 'static>(window: &Weak<W>, turn: Turn, heard: &Heard) {
    for path in input_devices() {
        if !lock(heard).insert(path.clone()) {
            continue;
        }
        let (window, heard_here) = (window.clone(), Arc::clone(heard));
        let hear = move || {
            if let Err(error) = hear_device(&path, &window, turn) {
                tracing::info!(device = %path.display(), %error, "An input device is gone");
            }
            lock(&heard_here).remove(&path);
        };
        if let Err(error) = thread::Builder::new()
            .name("panel-finger".to_owned())
            .spawn(hear)
        {
            tracing::error!(%error, "An input device is not heard");
        }
    }
}

fn input_devices() -> Vec<PathBuf> {
    let files = fs::read_dir(DEVICES).into_iter().flatten().flatten();
    files
        .filter(|it| it.file_name().as_encoded_bytes().starts_with(b"event"))
        .map(|it| it.path())
        .collect()
}

fn lock(heard: &Heard) -> std::sync::MutexGuard<'_, BTreeSet<PathBuf>> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hears one device until it is gone; what has neither fingers nor keys is left alone.
fn hear_device<W: ComponentHandle + 'static>(
    path: &Path,
    window: &Weak<W>,
    turn: Turn,
) -> io::Result<()> {
    let mut device = Device::open(path)?;
    let mut screen = touch_screen(&device, turn)?;
    let mut keypad = device
        .supported_keys()
        .is_some_and(|keys| keys.contains(KeyCode::KEY_TAB) || keys.contains(KeyCode::KEY_KPENTER))
        .then(Keypad::default);
    if screen.is_none() && keypad.is_none() {
        return keep_waiting(&mut device);
    }
    let name = device.name().unwrap_or_default().to_owned();
    tracing::info!(device = %path.display(), name, touch = screen.is_some(), "An input device is heard");
    let gone = loop {
        let events = match device.fetch_events() {
            Ok(events) => events,
            Err(error) => break error,
        };
        for event in events {
            let (kind, code, value) = (event.event_type().0, event.code(), event.value());
            if let Some(finger) = screen.as_mut().and_then(|it| it.handle(kind, code, value)) {
                touch(window, finger);
            }
            if kind == code::KEY
                && let Some(text) = keypad.as_mut().and_then(|it| it.handle(code, value))
            {
                let _ = window.upgrade_in_event_loop(move |window| {
                    let pressed = WindowEvent::KeyPressed { text: text.clone() };
                    let _ = window.window().dispatch_event_with_result(pressed);
                    let released = WindowEvent::KeyReleased { text };
                    let _ = window.window().dispatch_event_with_result(released);
                });
            }
        }
    };
    if let Some(finger) = screen.as_mut().and_then(TouchScreen::unplugged) {
        touch(window, finger);
    }
    Err(gone)
}

/// Whoever is not of interest stays known until it is gone, lest it be opened each second.
fn keep_waiting(device: &mut Device) -> io::Result<()> {
    loop {
        let _ = device.fetch_events()?.count();
    }
}

fn touch_screen(device: &Device, turn: Turn) -> io::Result<Option<TouchScreen>> {
    let is_one = device.supported_absolute_axes().is_some_and(|axes| {
        axes.contains(AbsoluteAxisCode::ABS_X) && axes.contains(AbsoluteAxisCode::ABS_Y)
    });
    if !is_one {
        return Ok(None);
    }
    let mut axes = [None; 2];
    for (code, info) in device.get_absinfo()? {
        let axis = Axis {
            least: info.minimum(),
            most: info.maximum(),
        };
        match code {
            AbsoluteAxisCode::ABS_X => axes[0] = Some(axis),
            AbsoluteAxisCode::ABS_Y => axes[1] = Some(axis),
            _ => {}
        }
    }
    let [across, down] = axes;
    Ok(across
        .zip(down)
        .map(|(across, down)| TouchScreen::new(across, down, turn)))
}

fn touch<W: ComponentHandle + 'static>(window: &Weak<W>, finger: Finger) {
    // Fails only when the window is gone, and with it what could be touched.
    let _ = window.upgrade_in_event_loop(move |window| {
        let window = window.window();
        let size = window.size().to_logical(window.scale_factor());
        let on = |place: Place| LogicalPosition::new(place.x * size.width, place.y * size.height);
        let button = PointerEventButton::Left;
        let events = match finger {
            Finger::Pressed(place) => {
                let position = on(place);
                vec![
                    WindowEvent::PointerMoved { position },
                    WindowEvent::PointerPressed { position, button },
                ]
            }
            Finger::Moved(place) => vec![WindowEvent::PointerMoved {
                position: on(place),
            }],
            Finger::Lifted(place) => {
                let position = on(place);
                vec![
                    WindowEvent::PointerReleased { position, button },
                    WindowEvent::PointerExited,
                ]
            }
        };
        for event in events {
            let _ = window.dispatch_event_with_result(event);
        }
    });
}
