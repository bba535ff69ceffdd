//! The power goes a second time, while the station recovers from the first.

use std::io;

use crate::{
    dice::Dice,
    disk::{Disk, Planted},
    drive::Drive,
    image::Image,
    laws::{Law, Violation},
    platter::{Medium, Platter, Survival},
    restart::{Found, restart},
};

/// Moments of one recovery.
const PLACES: usize = 6;

/// Cuts the power at some moments of a recovery that found `first`; answers how
/// many disks were opened, and what was wrong.
///
/// Whatever was written of the recovery, the next one must come to the same end.
///
/// # Errors
/// When no drive can be plugged in.
pub(crate) fn cut_again(
    image: &Image,
    checkpoint_pages: Option<u32>,
    first: &Found,
    dice: &mut Dice,
) -> io::Result<(usize, Option<Violation>)> {
    let disk = Disk::found(image.clone(), Planted::default(), checkpoint_pages).remembering();
    let drive = Drive::plug_in(disk)?;
    if let Err(error) = restart(&drive) {
        return Ok((0, Some(Violation::unreadable(&error))));
    }
    let operations = drive.disk().log().to_vec();
    let mut images = 0;
    for _ in 0..PLACES {
        let place = dice.below(operations.len() + 1);
        let mut platter = Platter::holding(image.clone());
        for operation in &operations[..place] {
            platter.take(operation);
        }
        for survival in [Survival::Nothing, Survival::Some(dice.roll())] {
            let (left, _) = platter.cut(survival, Medium::Garbling);
            drive.exchange(Disk::found(left, Planted::default(), checkpoint_pages));
            images += 1;
            let broken = match restart(&drive) {
                Ok(second) => differences(first, &second),
                Err(error) => Some(Violation::unreadable(&error)),
            };
            if broken.is_some() {
                return Ok((images, broken));
            }
        }
    }
    Ok((images, None))
}

fn differences(first: &Found, second: &Found) -> Option<Violation> {
    let ids = first.kept.keys().chain(second.kept.keys());
    let mut wrong = ids.filter(|id| first.events(id) != second.events(id));
    let id = wrong.next()?;
    Some(Violation {
        law: Law::Ended,
        detail: format!("{id} ends otherwise when its recovery is cut off"),
    })
}
