//! Whoever asks for it sees nothing move by itself.

use kiosk::visit::{
    Language, View,
    view::{Accessibility, Screen},
};

use super::{gallery, hall::Hall, settings::USUAL};

/// Whether two looks at a screen, two seconds apart, differ.
fn moves(hall: &Hall, view: &View, still: bool) -> bool {
    hall.show(&View {
        accessibility: Accessibility { still, ..USUAL },
        ..view.clone()
    });
    let looks = [(); 3].map(|()| {
        let picture = hall.picture().as_bytes().to_vec();
        // Five steps of what walks would bring it where it was.
        hall.wait();
        picture
    });
    looks[0] != looks[1] || looks[1] != looks[2]
}

#[test]
fn what_moves_stands_still_for_who_asks_for_it() {
    let hall = Hall::open();
    let moving = |it: &Screen| {
        matches!(
            it,
            Screen::Working(_) | Screen::Pay(_) | Screen::InsertCard(_)
        )
    };
    let views = gallery(Language::Korean).into_iter();
    let mut moved = 0;

    for (state, view) in views.filter(|(_, it)| moving(&it.screen)) {
        moved += usize::from(moves(&hall, &view, false));
        assert!(!moves(&hall, &view, true), "{state} moves");
    }

    assert!(moved > 0, "nothing moves for anybody");
}
