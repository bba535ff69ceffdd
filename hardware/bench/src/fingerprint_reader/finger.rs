//! A finger, and what a reader sees of it each time it is put on.

use super::ridges::{Ridges, within};
use crate::model::Dice;

const WIDTH: usize = 300;
const HEIGHT: usize = 400;
/// Of the part that touches the reader, before the pressure widens it.
const TOUCHING: (f64, f64) = (118.0, 160.0);
const PAPER: f64 = 235.0;

/// Of nobody: every seed is another one.
pub struct Finger(Ridges);

/// How a finger is put on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Touch {
    /// Against the clock, in degrees.
    pub turned: f64,
    /// In pixels of 500 dpi.
    pub shifted: (f64, f64),
    /// From 0, too little to see ridges, to 1; a dry finger is seen like one that hardly
    /// touches.
    pub pressure: f64,
    /// Its skin stretches differently, and dust falls otherwise.
    pub seed: u64,
}

impl Default for Touch {
    fn default() -> Self {
        Self {
            turned: 0.0,
            shifted: (0.0, 0.0),
            pressure: 0.8,
            seed: 1,
        }
    }
}

/// An image of a reader, ridges dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impression {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

impl Finger {
    pub fn new(seed: u64) -> Self {
        Self(Ridges::of(seed))
    }

    pub fn put_on(&self, touch: Touch) -> Impression {
        let mut dice = Dice::new(touch.seed);
        let (sine, cosine) = touch.turned.to_radians().sin_cos();
        // Skin sticks in one place and is drawn along in another.
        let stretch = [(); 4].map(|()| within(&mut dice, -2.0, 2.0));
        let contrast = 92.0 * touch.pressure.clamp(0.0, 1.0);
        let noise = 16.0 + 60.0 * (0.5 - touch.pressure).max(0.0);
        let mut grey = Vec::with_capacity(WIDTH * HEIGHT);
        for row in 0..HEIGHT {
            for column in 0..WIDTH {
                let x = middle(column, WIDTH) - touch.shifted.0;
                let y = middle(row, HEIGHT) - touch.shifted.1;
                let x = x + stretch[0] * (y / 70.0).sin() + stretch[1] * (x / 90.0).cos();
                let y = y + stretch[2] * (x / 70.0).sin() + stretch[3] * (y / 90.0).cos();
                let (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
                let border = (x / TOUCHING.0).powi(2) + (y / TOUCHING.1).powi(2);
                let touching = ((1.12 - border) / 0.12).clamp(0.0, 1.0);
                // A ridge is flat on the glass, with a rim.
                let ridge = (1.8 * self.0.height(x, y)).tanh();
                let skin = PAPER - contrast * (1.0 + ridge);
                let dust = within(&mut dice, -noise, noise);
                grey.push(shade(PAPER + touching * (skin - PAPER) + dust));
            }
        }
        Impression {
            width: WIDTH,
            height: HEIGHT,
            grey,
        }
    }
}

impl Impression {
    /// A reader's window on which nothing lies.
    pub fn blank() -> Self {
        Self {
            width: WIDTH,
            height: HEIGHT,
            grey: vec![shade(PAPER); WIDTH * HEIGHT],
        }
    }

    /// As libfprint's virtual reader takes it.
    pub fn to_message(&self) -> Vec<u8> {
        let size = [self.width, self.height].map(|it| i32::try_from(it).unwrap_or(0));
        let mut message = size.map(i32::to_ne_bytes).concat();
        message.extend_from_slice(&self.grey);
        message
    }
}

fn middle(place: usize, size: usize) -> f64 {
    place as f64 - size as f64 / 2.0
}

fn shade(grey: f64) -> u8 {
    grey.clamp(0.0, 255.0) as u8
}
