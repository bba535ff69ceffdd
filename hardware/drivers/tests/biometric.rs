//! A citizen before the fingerprint reader: fingers of nobody, libfprint's virtual reader,
//! and what the kiosk is told.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "biometric/counter.rs"]
mod counter;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use bench::fingerprint_reader::{Finger, Impression, Process, Retry, Touch, program};
use devices::{
    DeviceState,
    biometric::{
        BiometricEvent, BiometricFault, BiometricOrder, Feedback, ReadFault, Template,
        TemplateFault, Verdict,
    },
};
use privacy::Personal;

use counter::Counter;

const MATCHED: BiometricEvent = BiometricEvent::Compared(Verdict::Matched);
const NOT_MATCHED: BiometricEvent = BiometricEvent::Compared(Verdict::NotMatched);

/// As it is put on at the kiosk, not as it was when the template was made.
fn another_time() -> Touch {
    Touch {
        turned: -5.0,
        shifted: (7.0, 11.0),
        pressure: 0.75,
        seed: 9,
    }
}

/// One process at a time, so that a test knows which one is its own.
static PROCESS: Mutex<()> = Mutex::new(());

#[test]
fn a_finger_at_the_kiosk() {
    let _alone = PROCESS.lock().unwrap_or_else(PoisonError::into_inner);
    let (own, other) = (Finger::new(1), Finger::new(2));
    let enrolled = own.put_on(Touch::default());
    let look = own.put_on(another_time());
    let stranger = other.put_on(another_time());
    let mut counter = Counter::open(&program(), Duration::from_secs(60));

    the_reader_makes_a_template_of_five_looks(&mut counter, &enrolled);
    what_was_cleared_is_gone(&mut counter);
    without_a_template_nothing_is_compared(&mut counter);
    the_right_finger_is_known_and_another_is_not(&mut counter, &look, &stranger);
    a_bad_look_is_told_and_the_next_one_counts(&mut counter, &look);
    a_finger_that_goes_too_early_may_come_again(&mut counter, &look);
    what_is_called_off_is_not_told(&mut counter, &look);
    a_process_that_dies_is_started_again(&mut counter, &look);
    a_template_that_is_none_is_refused(&mut counter);
    with_the_kiosk_its_process_ends(counter);
    nobody_is_waited_for_without_end(&look);
}

fn the_reader_makes_a_template_of_five_looks(counter: &mut Counter, enrolled: &Impression) {
    counter.order(BiometricOrder::Read);
    let mut progress = Vec::new();
    while counter.template.is_none() {
        match counter.next() {
            BiometricEvent::PresentSubject => counter.reader.press(enrolled).unwrap(),
            BiometricEvent::Progress { done, all } => progress.push((done, all)),
            BiometricEvent::Read(template) => {
                assert_eq!(format!("{template:?}"), "Template([personal])");
                counter.template = Some(template);
            }
            _ => {}
        }
    }
    assert_eq!(progress, [1, 2, 3, 4, 5].map(|done| (done, 5)));
}

fn what_was_cleared_is_gone(counter: &mut Counter) {
    let process = Process::of_this_program().unwrap();
    assert!(!process.is_gone());

    counter.order(BiometricOrder::Clear);
    counter.until(&BiometricEvent::DataCleared);

    assert!(process.is_gone(), "nothing can be left in its memory");
    counter.until_ready();
    assert_ne!(Process::of_this_program().unwrap(), process);
    // There is nothing to forget: it is told, and nothing is started anew.
    let process = Process::of_this_program().unwrap();
    counter.order(BiometricOrder::Clear);
    counter.until(&BiometricEvent::DataCleared);
    assert_eq!(Process::of_this_program().unwrap(), process);
}

fn without_a_template_nothing_is_compared(counter: &mut Counter) {
    counter.order(BiometricOrder::Match);
    counter.until(&BiometricEvent::Failed(ReadFault::NoReference));
}

fn the_right_finger_is_known_and_another_is_not(
    counter: &mut Counter,
    look: &Impression,
    stranger: &Impression,
) {
    counter.import();
    assert_eq!(counter.compare(stranger), NOT_MATCHED);
    assert_eq!(counter.compare(look), MATCHED);
    assert_eq!(counter.compare(stranger), NOT_MATCHED);
}

fn a_bad_look_is_told_and_the_next_one_counts(counter: &mut Counter, look: &Impression) {
    let hardly_touching = Finger::new(1).put_on(Touch {
        pressure: 0.02,
        ..another_time()
    });
    counter.order(BiometricOrder::Match);
    for (why, feedback) in [
        (Retry::General, Feedback::TryAgain),
        (Retry::TooShort, Feedback::TooShort),
        (Retry::CenterFinger, Feedback::Center),
        (Retry::RemoveFinger, Feedback::LiftFirst),
    ] {
        counter.until(&BiometricEvent::PresentSubject);
        counter.reader.ask_again(why).unwrap();
        counter.until(&BiometricEvent::Unusable(feedback));
    }
    for (unusable, feedback) in [
        (&hardly_touching, Feedback::Faint),
        (&Impression::blank(), Feedback::TryAgain),
    ] {
        counter.until(&BiometricEvent::PresentSubject);
        counter.reader.press(unusable).unwrap();
        counter.until(&BiometricEvent::Unusable(feedback));
    }
    counter.until(&BiometricEvent::PresentSubject);
    counter.reader.press(look).unwrap();
    counter.until(&MATCHED);
}

fn a_finger_that_goes_too_early_may_come_again(counter: &mut Counter, look: &Impression) {
    counter.order(BiometricOrder::Match);
    counter.until(&BiometricEvent::PresentSubject);
    let mut contact = counter.reader.touch().unwrap();
    contact.by_hand().unwrap();
    contact.put_on().unwrap();
    counter.until(&BiometricEvent::SubjectDetected);
    // Half an image, and the finger is gone.
    let image = look.to_message();
    contact.bytes(&image[..image.len() / 2]).unwrap();
    drop(contact);
    let mut contact = counter.reader.touch().unwrap();
    contact.by_hand().unwrap();
    contact.image(look).unwrap();
    counter.until(&BiometricEvent::RemoveSubject);
    counter.until(&MATCHED);
    contact.take_off().unwrap();
}

fn what_is_called_off_is_not_told(counter: &mut Counter, look: &Impression) {
    for order in [BiometricOrder::Match, BiometricOrder::Read] {
        counter.order(order);
        counter.until(&BiometricEvent::PresentSubject);
        counter.order(BiometricOrder::Cancel);
    }
    // The next is not answered with what was meant for one before it.
    assert_eq!(counter.compare(look), MATCHED);
    let ends = counter.told.iter().filter(|event| {
        matches!(
            event,
            BiometricEvent::Compared(_) | BiometricEvent::Failed(_)
        )
    });
    assert_eq!(ends.count(), 7, "one for each that was not called off");
}

fn a_process_that_dies_is_started_again(counter: &mut Counter, look: &Impression) {
    counter.order(BiometricOrder::Match);
    counter.until(&BiometricEvent::PresentSubject);
    Process::of_this_program().unwrap().kill().unwrap();

    counter.until(&BiometricEvent::Failed(ReadFault::Interrupted));
    counter.until(&BiometricEvent::DataCleared);
    counter.until_status(DeviceState::Absent, Some(BiometricFault::Offline));
    counter.until_ready();
    counter.import();
    assert_eq!(counter.compare(look), MATCHED);
}

fn a_template_that_is_none_is_refused(counter: &mut Counter) {
    for bytes in [b"".as_slice(), b"FMR\0 20\0", &[0x55; 4000]] {
        let template = Template(Personal::new(bytes.to_vec()));
        counter.order(BiometricOrder::Import(template));
        let refused = BiometricEvent::ImportRefused(TemplateFault::Unreadable);
        counter.until(&refused);
    }
}

fn with_the_kiosk_its_process_ends(counter: Counter) {
    let process = Process::of_this_program().unwrap();
    drop(counter);
    let begun = Instant::now();
    while !process.is_gone() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it lives on");
        thread::yield_now();
    }
}

fn nobody_is_waited_for_without_end(look: &Impression) {
    let mut counter = Counter::open(&program(), Duration::from_secs(1));
    counter.order(BiometricOrder::Read);
    while counter.template.is_none() {
        match counter.next() {
            BiometricEvent::PresentSubject => counter.reader.press(look).unwrap(),
            BiometricEvent::Read(template) => counter.template = Some(template),
            BiometricEvent::Failed(_) => counter.order(BiometricOrder::Read),
            _ => {}
        }
    }
    counter.import();
    counter.order(BiometricOrder::Match);
    counter.until(&BiometricEvent::Failed(ReadFault::TimedOut));
    // It may be asked again at once.
    assert_eq!(counter.compare(look), MATCHED);
}

#[test]
fn without_libfprint_or_reader_a_kiosk_is_told_what_to_do() {
    let _alone = PROCESS.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("libfprint-2.so.2"), "no library").unwrap();
    let script = folder.path().join("without-libfprint");
    let lines = format!(
        "#!/bin/sh\nLD_LIBRARY_PATH={} exec {} \"$@\"\n",
        folder.path().display(),
        program().display(),
    );
    fs::write(&script, lines).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();

    let mut counter = Counter::begin(&script, "virtual_image", Duration::from_secs(1));
    counter.until_status(DeviceState::Absent, Some(BiometricFault::NoLibrary));
    counter.order(BiometricOrder::Match);
    counter.until(&BiometricEvent::Failed(ReadFault::NotReady));

    let mut counter = Counter::begin(&program(), "uru4000", Duration::from_secs(1));
    counter.until_status(DeviceState::Absent, Some(BiometricFault::NoReader));
    counter.order(BiometricOrder::Match);
    counter.until(&BiometricEvent::Failed(ReadFault::NotReady));

    let nowhere = folder.path().join("nowhere");
    let mut counter = Counter::begin(&nowhere, "virtual_image", Duration::from_secs(1));
    counter.order(BiometricOrder::Match);
    counter.until(&BiometricEvent::Failed(ReadFault::NotReady));
}
