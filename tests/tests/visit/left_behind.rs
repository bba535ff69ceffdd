//! What a citizen has set is gone with them, whatever it was.

use std::{env, fs, path::PathBuf};

use kiosk::visit::view::{Accessibility, Contrast, TextSize};
use tests::{office::TUESDAY_10_00, stand::Stand};

#[test]
fn whatever_somebody_has_set_is_gone_when_the_next_one_comes() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.wait_for("welcome");
    let mut gone = 0;

    for (text, larger) in TextSize::ALL.into_iter().zip(0..) {
        for (contrast, changes) in Contrast::ALL.into_iter().zip(0..) {
            for low_screen in [false, true] {
                stand.touch("시작하기");
                stand.wait_for("find");
                let touches = [("글자 크기", larger), ("화면 색", changes)];
                for (label, times) in touches {
                    (0..times).for_each(|_| stand.touch(label));
                }
                if low_screen {
                    stand.touch("낮은 화면");
                }
                let wanted = Accessibility {
                    text,
                    contrast,
                    low_screen,
                    still: false,
                    guidance: None,
                };
                stand.wait_until("it is set", |view| view.accessibility == wanted);

                stand.touch("처음으로");

                let view = stand.wait_for("welcome");
                assert_eq!(view.accessibility, Accessibility::default());
                gone += 1;
            }
        }
    }

    if let Some(folder) = env::var_os("MINWON_ASSESSMENT") {
        fs::write(PathBuf::from(folder).join("gone.json"), gone.to_string()).unwrap();
    }
}
