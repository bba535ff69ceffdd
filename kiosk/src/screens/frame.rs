//! The frame around every screen: header, step line, help bar, overlays.

use kiosk_ui::{Ear, FramePort, KioskWindow, LanguageChoice, ScreenName, Theme, Words};
use slint::{ComponentHandle, ModelRc, VecModel};

use crate::visit::{
    Language, Touch,
    view::{Contrast, GuidanceTouch, Screen, TextSize, View},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<FramePort>();
    let send = |what: Touch| {
        let touch = touch.clone();
        move || touch(what.clone())
    };
    port.on_next(send(Touch::Next));
    port.on_back(send(Touch::Back));
    port.on_start_over(send(Touch::StartOver));
    port.on_stay_here(send(Touch::StayHere));
    port.on_next_text_size(send(Touch::NextTextSize));
    port.on_next_contrast(send(Touch::NextContrast));
    port.on_lower_screen(send(Touch::LowScreen));
    port.on_still(send(Touch::Stillness));
    port.on_switch_guidance(send(Touch::Guidance(GuidanceTouch::Switch)));
    port.on_brighten(send(Touch::Guidance(GuidanceTouch::Darken)));
    port.on_ask_for_help(send(Touch::AskForHelp));
    port.on_close_help(send(Touch::CloseHelp));
    port.on_open_languages(send(Touch::OpenLanguages));
    port.on_close_languages(send(Touch::CloseLanguages));
    port.on_choose_language(move |code| {
        if let Some(language) = Language::of_code(&code) {
            touch(Touch::ChooseLanguage(language));
        }
    });
    let choice = |language: Language| LanguageChoice {
        code: language.code().into(),
        name: language.own_name().into(),
        family: family(language).into(),
    };
    let languages: VecModel<_> = Language::ALL.map(choice).to_vec().into();
    port.set_languages(ModelRc::new(languages));
    let names = Language::ALL.map(Language::own_name).join(", ");
    port.set_language_names(names.into());
}

pub(super) fn show(window: &KioskWindow, view: &View) {
    let theme = window.global::<Theme>();
    theme.set_text_scale(f32::from(view.accessibility.text.percent()) / 100.0);
    theme.set_contrast(contrast(view.accessibility.contrast));
    theme.set_low_screen(view.accessibility.low_screen);
    theme.set_still(view.accessibility.still);
    theme.set_family(family(view.language).into());
    theme.set_mirrored(view.language == Language::Arabic);
    window
        .global::<Words>()
        .set_whole(view.language == Language::Korean);
    let guidance = view.accessibility.guidance;
    window.global::<Ear>().set_listening(guidance.is_some());
    let code = view.language.code();
    if let Err(error) = slint::select_bundled_translation(code) {
        tracing::warn!(code, %error, "A language has no translation");
    }
    let port = window.global::<FramePort>();
    port.set_language(code.into());
    port.set_language_name(view.language.own_name().into());
    port.set_office(view.office.as_str().into());
    port.set_telephone(view.telephone.as_str().into());
    port.set_title(view.title.as_deref().unwrap_or_default().into());
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    port.set_step(view.progress.map_or(0, |it| count(it.at)));
    port.set_steps(view.progress.map_or(0, |it| count(it.of)));
    port.set_text_step(text_step(view.accessibility.text));
    port.set_helping(view.helping);
    port.set_dark(guidance.is_some_and(|it| it.dark));
    port.set_leaving_in(view.leaving_in.map_or(0, count));
    let doors = doors(&view.screen);
    port.set_may_start_over(doors.start_over);
    port.set_may_change_language(doors.language);
    port.set_choosing_language(view.choosing_language && doors.language);
    port.set_screen(name(&view.screen));
}

fn contrast(it: Contrast) -> kiosk_ui::Contrast {
    match it {
        Contrast::Standard => kiosk_ui::Contrast::Standard,
        Contrast::WhiteOnBlack => kiosk_ui::Contrast::WhiteOnBlack,
        Contrast::YellowOnBlack => kiosk_ui::Contrast::YellowOnBlack,
        Contrast::BlackOnWhite => kiosk_ui::Contrast::BlackOnWhite,
    }
}

fn text_step(it: TextSize) -> i32 {
    match it {
        TextSize::Usual => 0,
        TextSize::Larger => 1,
        TextSize::Large => 2,
        TextSize::Double => 3,
    }
}

/// The fonts of a language; of the packages fonts-noto-cjk, fonts-noto-core and
/// fonts-noto-ui-core, whose Arabic has lines no higher than the others'.
fn family(language: Language) -> &'static str {
    match language {
        Language::Korean | Language::English => "Noto Sans CJK KR",
        Language::Chinese => "Noto Sans CJK SC",
        Language::Vietnamese => "Noto Sans",
        Language::Japanese => "Noto Sans CJK JP",
        Language::Arabic => "Noto Sans Arabic UI",
    }
}

/// What the header offers.
struct Doors {
    start_over: bool,
    language: bool,
}

fn doors(screen: &Screen) -> Doors {
    let (start_over, language) = match screen {
        Screen::Welcome(_) => (false, true),
        Screen::Find(_)
        | Screen::Topic(_)
        | Screen::Search(_)
        | Screen::Holdings(_)
        | Screen::Holding(_)
        | Screen::BoardTopics(_)
        | Screen::BoardPage(_)
        | Screen::HoldPaper(_)
        | Screen::PaperTold(_)
        | Screen::Service(_) => (true, true),
        Screen::TicketCode(_)
        | Screen::PaperNumber(_)
        | Screen::BoardWriting(_)
        | Screen::BoardPosted(_)
        | Screen::Ticket(_)
        | Screen::Standing(_)
        | Screen::InsertCard(_)
        | Screen::ResidentNumber(_)
        | Screen::Check(_)
        | Screen::Question(_)
        | Screen::Options(_)
        | Screen::Consent(_)
        | Screen::Review(_)
        | Screen::Basket(_)
        | Screen::Pay(_)
        | Screen::PayByCard(_) => (true, false),
        // Machines are at work, or there is nothing left to end.
        Screen::Working(_)
        | Screen::PaperQuestion(_)
        | Screen::Accepted(_)
        | Screen::Telephone(_)
        | Screen::TakePaper(_)
        | Screen::Receipt
        | Screen::TakeCard
        | Screen::Farewell(_)
        | Screen::Failed(_)
        | Screen::OutOfService(_)
        | Screen::Upkeep(_) => (false, false),
    };
    Doors {
        start_over,
        language,
    }
}

fn name(screen: &Screen) -> ScreenName {
    match screen {
        Screen::Welcome(_) => ScreenName::Welcome,
        Screen::Find(_) => ScreenName::Find,
        Screen::Topic(_) => ScreenName::Topic,
        Screen::Search(_) => ScreenName::Search,
        Screen::Holdings(_) => ScreenName::Holdings,
        Screen::Holding(_) => ScreenName::Holding,
        Screen::BoardTopics(_) => ScreenName::BoardTopics,
        Screen::BoardPage(_) => ScreenName::BoardPage,
        Screen::BoardWriting(_) => ScreenName::BoardWriting,
        Screen::BoardPosted(_) => ScreenName::BoardPosted,
        Screen::Service(_) => ScreenName::Service,
        Screen::TicketCode(_) => ScreenName::TicketCode,
        Screen::HoldPaper(_) => ScreenName::HoldPaper,
        Screen::PaperNumber(_) => ScreenName::PaperNumber,
        Screen::PaperTold(_) => ScreenName::PaperTold,
        Screen::Ticket(_) => ScreenName::Ticket,
        Screen::Standing(_) => ScreenName::Standing,
        Screen::Accepted(_) => ScreenName::Accepted,
        Screen::Telephone(_) => ScreenName::Telephone,
        Screen::InsertCard(_) => ScreenName::InsertCard,
        Screen::ResidentNumber(_) => ScreenName::ResidentNumber,
        Screen::Check(_) => ScreenName::Check,
        Screen::Question(_) => ScreenName::Question,
        Screen::Options(_) => ScreenName::Options,
        Screen::Consent(_) => ScreenName::Consent,
        Screen::Review(_) => ScreenName::Review,
        Screen::Basket(_) => ScreenName::Basket,
        Screen::Pay(_) => ScreenName::Pay,
        Screen::PayByCard(_) => ScreenName::PayCard,
        Screen::Working(_) => ScreenName::Working,
        Screen::PaperQuestion(_) => ScreenName::PaperQuestion,
        Screen::TakePaper(_) => ScreenName::TakePaper,
        Screen::Receipt => ScreenName::Receipt,
        Screen::TakeCard => ScreenName::TakeCard,
        Screen::Farewell(_) => ScreenName::Farewell,
        Screen::Failed(_) => ScreenName::Failed,
        Screen::OutOfService(_) => ScreenName::OutOfService,
        Screen::Upkeep(_) => ScreenName::Upkeep,
    }
}
