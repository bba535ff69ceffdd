//! The technician's screens.

use kiosk_ui::{KioskWindow, UpkeepChoice, UpkeepMark, UpkeepPort, UpkeepRow, UpkeepTab};
use slint::{ComponentHandle, ModelRc};

use super::{keys, rows};
use crate::{
    maintenance::{
        task::Task,
        view::{Choice, Mark, Row, TabView, Upkeep},
    },
    visit::Touch,
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<UpkeepPort>();
    let (typed, chosen) = (touch.clone(), touch.clone());
    port.on_key(move |text| keys::character(&text).into_iter().for_each(&typed));
    port.on_special(move |key| touch(keys::special(key)));
    port.on_chosen(move |id| {
        if let Some(task) = Task::of_id(&id) {
            chosen(Touch::Upkeep(task));
        }
    });
}

pub(super) fn show(window: &KioskWindow, view: &Upkeep) {
    let port = window.global::<UpkeepPort>();
    port.set_station(view.station.as_str().into());
    port.set_title(view.title.as_str().into());
    port.set_technician(view.technician.as_str().into());
    port.set_clock(view.clock.as_str().into());
    update(&port.get_tabs(), view.tabs.iter().map(tab), |it| {
        port.set_tabs(it);
    });
    update(&port.get_rows(), view.rows.iter().map(row), |it| {
        port.set_rows(it);
    });
    update(&port.get_ways(), view.ways.iter().map(choice), |it| {
        port.set_ways(it);
    });
    let prompt = view.prompt.as_ref();
    port.set_prompt(prompt.map_or("", |it| &it.words).into());
    port.set_prompt_more(prompt.map_or("", |it| &it.more).into());
    port.set_prompt_mark(prompt.map_or(UpkeepMark::None, |it| mark(it.mark)));
    let choices = prompt.map_or(&[][..], |it| &it.choices);
    update(&port.get_choices(), choices.iter().map(choice), |it| {
        port.set_choices(it);
    });
    port.set_typing(view.entry.is_some());
    if let Some(entry) = &view.entry {
        port.set_entry_name(entry.name.as_str().into());
        port.set_entry_shown(entry.shown.as_str().into());
        port.set_entry_heard(entry.heard.as_str().into());
        port.set_refused(entry.refused);
    }
}

fn update<T: Clone + PartialEq + 'static>(
    shown: &ModelRc<T>,
    wanted: impl Iterator<Item = T>,
    set: impl FnOnce(ModelRc<T>),
) {
    if let Some(model) = rows::update(shown, wanted.collect()) {
        set(model);
    }
}

fn mark(it: Mark) -> UpkeepMark {
    match it {
        Mark::None => UpkeepMark::None,
        Mark::Good => UpkeepMark::Good,
        Mark::Warning => UpkeepMark::Warning,
        Mark::Bad => UpkeepMark::Bad,
        Mark::Waiting => UpkeepMark::Waiting,
    }
}

fn tab(it: &TabView) -> UpkeepTab {
    UpkeepTab {
        id: it.id.as_str().into(),
        label: it.label.as_str().into(),
        mark: mark(it.mark),
        on: it.on,
    }
}

fn row(it: &Row) -> UpkeepRow {
    UpkeepRow {
        heading: it.heading,
        mark: mark(it.mark),
        name: it.name.as_str().into(),
        value: it.value.as_str().into(),
        note: it.note.as_str().into(),
        action: it.action.as_str().into(),
        id: it.id.as_str().into(),
    }
}

fn choice(it: &Choice) -> UpkeepChoice {
    UpkeepChoice {
        id: it.id.as_str().into(),
        label: it.label.as_str().into(),
        primary: it.primary,
    }
}
