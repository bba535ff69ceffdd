//! Somebody who listens, and what they hear.

use super::*;
use crate::visit::{
    Language,
    view::{Accessibility, CodeEntry, Help, Screen},
};

struct Listener {
    guide: Guide,
    view: View,
}

impl Listener {
    fn new(screen: Screen) -> Self {
        let view = View {
            screen,
            language: Language::Korean,
            title: None,
            progress: None,
            leaving_in: None,
            accessibility: Accessibility::default(),
            office: String::new(),
            telephone: String::new(),
            helping: false,
            choosing_language: false,
            help: Help::default(),
            check_offered: false,
            basket: crate::visit::view::Basket::default(),
            nearby: None,
        };
        let mut listener = Self {
            guide: Guide::default(),
            view,
        };
        listener.sees();
        listener
    }

    /// With guidance on, and its greeting over.
    fn listening(screen: Screen) -> Self {
        let mut listener = Self::new(screen);
        listener.view.accessibility.guidance = Some(Guidance::default());
        listener.sees();
        listener.stands("first");
        listener
    }

    fn sees(&mut self) -> Vec<GuideCommand> {
        let view = Box::new(self.view.clone());
        self.tell(GuideEvent::Shown(view))
    }

    fn changes(&mut self, screen: Screen) -> Vec<GuideCommand> {
        self.view.screen = screen;
        self.sees()
    }

    fn stands(&mut self, words: &str) -> Vec<GuideCommand> {
        self.tell(GuideEvent::Stands(Personal::new(words.to_owned())))
    }

    fn hears(&mut self, words: &str) -> Vec<GuideCommand> {
        self.tell(GuideEvent::Heard(Personal::new(words.to_owned())))
    }

    fn presses(&mut self, key: GuideKey) -> Vec<GuideCommand> {
        self.tell(GuideEvent::Key(key))
    }

    fn tell(&mut self, event: GuideEvent) -> Vec<GuideCommand> {
        self.guide.handle(event);
        std::iter::from_fn(|| self.guide.poll_command()).collect()
    }
}

fn say(what: What, cut: bool) -> GuideCommand {
    GuideCommand::Say { what, cut }
}

fn words(words: &str) -> What {
    What::Words(Personal::new(words.to_owned()))
}

fn code(digits: u32) -> Screen {
    Screen::TicketCode(CodeEntry {
        shown: "1234".to_owned(),
        digits,
        refusal: None,
        scanner: false,
    })
}

#[test]
fn who_plugs_headphones_in_is_greeted_and_led_to_the_first_stop_behind_the_greeting() {
    let mut listener = Listener::new(Screen::Receipt);

    let begin = GuideCommand::Touch(Touch::Guidance(GuidanceTouch::Begin));
    assert_eq!(listener.presses(GuideKey::HeadphonesIn), [begin]);
    listener.view.accessibility.guidance = Some(Guidance::default());
    assert_eq!(
        listener.sees(),
        [say(What::Begins, true), GuideCommand::First]
    );
    assert_eq!(listener.stands("title"), [say(words("title"), false)]);
}

#[test]
fn keys_move_the_stop_without_a_word_for_who_does_not_listen() {
    let mut switches = Listener::new(Screen::Receipt);

    let moved = GuideCommand::Touch(Touch::Moved);
    assert_eq!(
        switches.presses(GuideKey::Next),
        [GuideCommand::Next, moved]
    );
    assert_eq!(switches.stands("a button"), []);
    assert_eq!(switches.hears("news"), []);
    assert_eq!(switches.changes(Screen::TakeCard), [GuideCommand::Start]);
}

#[test]
fn each_stop_cuts_short_what_was_said_of_the_one_before() {
    let mut listener = Listener::listening(Screen::Receipt);

    listener.presses(GuideKey::Next);
    assert_eq!(listener.stands("one"), [say(words("one"), true)]);
    listener.presses(GuideKey::Next);
    assert_eq!(listener.stands("two"), [say(words("two"), true)]);
    assert_eq!(
        listener.presses(GuideKey::Repeat),
        [say(words("two"), true)]
    );
}

#[test]
fn news_are_heard_to_their_end_before_the_screen_they_came_with() {
    let mut listener = Listener::listening(code(16));
    listener.presses(GuideKey::Choose);

    let shown = listener.changes(Screen::TakeCard);
    let news = listener.hears("no such ticket");
    let title = listener.stands("title");

    assert_eq!(shown, [GuideCommand::First]);
    assert_eq!(news, [say(words("no such ticket"), true)]);
    assert_eq!(title, [say(words("title"), false)]);
}

#[test]
fn of_digits_only_how_many_there_are_is_said() {
    let mut listener = Listener::listening(code(0));
    listener.presses(GuideKey::Digit('7'));

    assert_eq!(listener.changes(code(1)), [say(What::Digits(1), true)]);
    assert_eq!(listener.changes(code(1)), []);
    assert_eq!(listener.changes(code(0)), [say(What::Digits(0), true)]);
}

#[test]
fn what_lies_over_a_screen_keeps_keys_from_it() {
    let mut listener = Listener::listening(code(3));
    let digit = GuideCommand::Touch(Touch::Key(Key::Character('7')));
    assert_eq!(listener.presses(GuideKey::Digit('7')), [digit]);

    listener.view.helping = true;
    listener.sees();

    for key in [GuideKey::Digit('7'), GuideKey::Delete, GuideKey::Back] {
        assert_eq!(listener.presses(key), []);
    }
}

#[test]
fn louder_and_darker_are_said_when_they_are_so() {
    let mut listener = Listener::listening(Screen::Receipt);
    let louder = GuideCommand::Touch(Touch::Guidance(GuidanceTouch::Louder));

    assert_eq!(listener.presses(GuideKey::Louder), [louder]);
    let guidance = Guidance::default();
    listener.view.accessibility.guidance = Some(Guidance {
        volume: 70,
        dark: true,
        ..guidance
    });
    let told = [say(What::Volume(70), true), say(What::Dark(true), true)];
    assert_eq!(listener.sees(), told);
}

#[test]
fn a_pause_lasts_until_it_is_lifted_or_something_else_is_said() {
    let mut listener = Listener::listening(Screen::Receipt);

    assert_eq!(
        listener.presses(GuideKey::Pause),
        [GuideCommand::Pause(true)]
    );
    assert_eq!(
        listener.presses(GuideKey::Pause),
        [GuideCommand::Pause(false)]
    );
    listener.presses(GuideKey::Pause);
    listener.stands("two");
    assert_eq!(
        listener.presses(GuideKey::Pause),
        [GuideCommand::Pause(true)]
    );
}

#[test]
fn the_next_person_cannot_have_repeated_what_was_said_to_this_one() {
    let mut listener = Listener::listening(Screen::Receipt);
    listener.stands("a name");

    listener.view.accessibility.guidance = None;
    assert_eq!(listener.changes(Screen::TakeCard), [GuideCommand::Silence]);
    listener.view.accessibility.guidance = Some(Guidance::default());
    listener.sees();
    assert_eq!(
        listener.presses(GuideKey::Repeat),
        [say(What::Begins, true)]
    );
}
