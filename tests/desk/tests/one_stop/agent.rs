//! An agent who prepares one service for a caller, by keyboard.

use catalog::{Catalog, Service};
use desk::{
    preparation::{PreparationView, view::Form},
    worklist::RowState,
    workplace::view::PaneView,
};
use request::IdentityLevel;
use sandbox::Example;

use crate::{
    booth::Booth,
    caller::{NAME, code, step, wait},
};

/// From the search to the code that is read aloud, until the exchange has it ready.
pub(crate) fn prepare(
    booth: &mut Booth,
    catalog: &Catalog,
    service: &Service,
    example: &Example,
) -> String {
    find(booth, service);
    booth.press("Enter");
    if service.identity > IdentityLevel::None {
        let number = example.applicant.as_ref().unwrap();
        wait(booth, "the caller is asked for", |it| {
            matches!(it, PreparationView::Identify(_))
        });
        booth.type_text(NAME);
        booth.press("Tab");
        booth.type_text(number);
        booth.press("Alt+1");
        booth.press("Enter");
    }
    fill(booth, catalog, service, example);
    if service.consent.is_some() {
        wait(booth, "consent is read aloud", |it| {
            matches!(it, PreparationView::Consent(_))
        });
        booth.press("Ctrl+Y");
    }
    wait(booth, "everything is read", |it| {
        matches!(it, PreparationView::Review(_))
    });
    booth.press("Enter");
    let code = code(booth);
    booth.press("Esc");
    booth.wait_for("the exchange has it", |view| match &view.pane {
        PaneView::Worklist(list) => list.rows.first().map(|it| it.state) == Some(RowState::Ready),
        _ => false,
    });
    code
}

fn find(booth: &mut Booth, service: &Service) {
    booth.press("F2");
    wait(booth, "a service is searched", |it| {
        matches!(it, PreparationView::Find(_))
    });
    booth.type_text(&service.title.ko);
    let id = service.id.as_str();
    let place = |it: &PreparationView| match it {
        PreparationView::Find(find) if find.meant => {
            find.tiles.iter().position(|it| it.service == id)
        }
        _ => None,
    };
    let view = wait(booth, "the service is found", |it| place(it).is_some());
    let key = step(&view).and_then(place).map(|it| it + 1).unwrap();
    booth.press(&format!("Alt+{key}"));
    wait(booth, "it is explained", |it| {
        matches!(it, PreparationView::Explain(_))
    });
}

fn fill(booth: &mut Booth, catalog: &Catalog, service: &Service, example: &Example) {
    let view = wait(booth, "the form is there", |it| {
        matches!(it, PreparationView::Fill(_))
    });
    for (at, question) in service.questions.iter().enumerate() {
        let answer = &example.answers[&question.id];
        let codes = question.codes.as_ref().and_then(|it| catalog.codes(it));
        if let Some(code) = codes.and_then(|it| it.get(answer)) {
            booth.type_text(&code.ko);
            // Of all that is typed, not of its beginning.
            let place = |form: &Form| {
                let asked = &form.questions[at];
                let typed = *asked.typed.reveal() == code.ko;
                let place = asked.suggestions.iter().position(|it| *it == code.ko);
                place.filter(|_| typed)
            };
            let view = wait(booth, "the list has it", |it| match it {
                PreparationView::Fill(form) => place(form).is_some(),
                _ => false,
            });
            let Some(PreparationView::Fill(form)) = step(&view) else {
                unreachable!("waited for it");
            };
            booth.press(&format!("Alt+{}", place(form).unwrap() + 1));
        } else {
            booth.type_text(answer);
        }
        wait(booth, "it is answered", |it| match it {
            PreparationView::Fill(form) => form.questions[at].answer.is_some(),
            _ => false,
        });
        booth.press("Tab");
    }
    let Some(PreparationView::Fill(form)) = step(&view) else {
        unreachable!("waited for it");
    };
    for group in &form.groups {
        let wanted = example.options.get(&group.option);
        let choice = group.choices.iter().find(|it| Some(&it.id) == wanted);
        if let Some(choice) = choice.filter(|it| !it.chosen) {
            booth.roll_to(&choice.label);
            booth.click(&choice.label);
        }
    }
    booth.press("Enter");
}
