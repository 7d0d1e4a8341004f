use secure_api::prelude::*;

/// A form that grew for years.
#[derive(Input)]
pub struct Form1040 {
    #[input(range = 0..=9)]
    line_1: u32,
    #[input(range = 0..=9)]
    line_2: u32,
    #[input(range = 0..=9)]
    line_3: u32,
    #[input(range = 0..=9)]
    line_4: u32,
    #[input(range = 0..=9)]
    line_5: u32,
    #[input(range = 0..=9)]
    line_6: u32,
    #[input(range = 0..=9)]
    line_7: u32,
    #[input(range = 0..=9)]
    line_8: u32,
    #[input(range = 0..=9)]
    line_9: u32,
    #[input(range = 0..=9)]
    line_10: u32,
    #[input(range = 0..=9)]
    line_11: u32,
    #[input(range = 0..=9)]
    line_12: u32,
    #[input(range = 0..=9)]
    line_13: u32,
    #[input(range = 0..=9)]
    line_14: u32,
    #[input(range = 0..=9)]
    line_15: u32,
    #[input(range = 0..=9)]
    line_16: u32,
    #[input(range = 0..=9)]
    line_17: u32,
    #[input(range = 0..=9)]
    line_18: u32,
    #[input(range = 0..=9)]
    line_19: u32,
    #[input(range = 0..=9)]
    line_20: u32,
    #[input(range = 0..=9)]
    line_21: u32,
    #[input(range = 0..=9)]
    line_22: u32,
    #[input(range = 0..=9)]
    line_23: u32,
    #[input(range = 0..=9)]
    line_24: u32,
    #[input(range = 0..=9)]
    line_25: u32,
    #[input(range = 0..=9)]
    line_26: u32,
    #[input(range = 0..=9)]
    line_27: u32,
    #[input(range = 0..=9)]
    line_28: u32,
    #[input(range = 0..=9)]
    line_29: u32,
    #[input(range = 0..=9)]
    line_30: u32,
    #[input(range = 0..=9)]
    line_31: u32,
    #[input(range = 0..=9)]
    line_32: u32,
    #[input(range = 0..=9)]
    line_33: u32,
    #[input(range = 0..=9)]
    line_34: u32,
    #[input(range = 0..=9)]
    line_35: u32,
    #[input(range = 0..=9)]
    line_36: u32,
    #[input(range = 0..=9)]
    line_37: u32,
    #[input(range = 0..=9)]
    line_38: u32,
    #[input(range = 0..=9)]
    line_39: u32,
    #[input(range = 0..=9)]
    line_40: u32,
    #[input(range = 0..=9)]
    line_41: u32,
    #[input(range = 0..=9)]
    line_42: u32,
    #[input(range = 0..=9)]
    line_43: u32,
    #[input(range = 0..=9)]
    line_44: u32,
    #[input(range = 0..=9)]
    line_45: u32,
    #[input(range = 0..=9)]
    line_46: u32,
    #[input(range = 0..=9)]
    line_47: u32,
    #[input(range = 0..=9)]
    line_48: u32,
    #[input(range = 0..=9)]
    line_49: u32,
    #[input(range = 0..=9)]
    line_50: u32,
    #[input(range = 0..=9)]
    line_51: u32,
    #[input(range = 0..=9)]
    line_52: u32,
    #[input(range = 0..=9)]
    line_53: u32,
    #[input(range = 0..=9)]
    line_54: u32,
    #[input(range = 0..=9)]
    line_55: u32,
    #[input(range = 0..=9)]
    line_56: u32,
    #[input(range = 0..=9)]
    line_57: u32,
    #[input(range = 0..=9)]
    line_58: u32,
    #[input(range = 0..=9)]
    line_59: u32,
    #[input(range = 0..=9)]
    line_60: u32,
    #[input(range = 0..=9)]
    line_61: u32,
    #[input(range = 0..=9)]
    line_62: u32,
    #[input(range = 0..=9)]
    line_63: u32,
    #[input(range = 0..=9)]
    line_64: u32,
    #[input(range = 0..=9)]
    line_65: u32,
    #[input(range = 0..=9)]
    line_66: u32,
    #[input(range = 0..=9)]
    line_67: u32,
    #[input(range = 0..=9)]
    line_68: u32,
    #[input(range = 0..=9)]
    line_69: u32,
    #[input(range = 0..=9)]
    line_70: u32,
    #[input(range = 0..=9)]
    line_71: u32,
    #[input(range = 0..=9)]
    line_72: u32,
    #[input(range = 0..=9)]
    line_73: u32,
    #[input(range = 0..=9)]
    line_74: u32,
    #[input(range = 0..=9)]
    line_75: u32,
    #[input(range = 0..=9)]
    line_76: u32,
    #[input(range = 0..=9)]
    line_77: u32,
    #[input(range = 0..=9)]
    line_78: u32,
    #[input(range = 0..=9)]
    line_79: u32,
    #[input(range = 0..=9)]
    line_80: u32,
    #[input(range = 0..=9)]
    line_81: u32,
    #[input(range = 0..=9)]
    line_82: u32,
    #[input(range = 0..=9)]
    line_83: u32,
    #[input(range = 0..=9)]
    line_84: u32,
    #[input(range = 0..=9)]
    line_85: u32,
    #[input(range = 0..=9)]
    line_86: u32,
    #[input(range = 0..=9)]
    line_87: u32,
    #[input(range = 0..=9)]
    line_88: u32,
    #[input(range = 0..=9)]
    line_89: u32,
    #[input(range = 0..=9)]
    line_90: u32,
    #[input(range = 0..=9)]
    line_91: u32,
    #[input(range = 0..=9)]
    line_92: u32,
    #[input(range = 0..=9)]
    line_93: u32,
    #[input(range = 0..=9)]
    line_94: u32,
    #[input(range = 0..=9)]
    line_95: u32,
    #[input(range = 0..=9)]
    line_96: u32,
    #[input(range = 0..=9)]
    line_97: u32,
    #[input(range = 0..=9)]
    line_98: u32,
    #[input(range = 0..=9)]
    line_99: u32,
    #[input(range = 0..=9)]
    line_100: u32,
    #[input(range = 0..=9)]
    line_101: u32,
    #[input(range = 0..=9)]
    line_102: u32,
    #[input(range = 0..=9)]
    line_103: u32,
    #[input(range = 0..=9)]
    line_104: u32,
    #[input(range = 0..=9)]
    line_105: u32,
    #[input(range = 0..=9)]
    line_106: u32,
    #[input(range = 0..=9)]
    line_107: u32,
    #[input(range = 0..=9)]
    line_108: u32,
    #[input(range = 0..=9)]
    line_109: u32,
    #[input(range = 0..=9)]
    line_110: u32,
    #[input(range = 0..=9)]
    line_111: u32,
    #[input(range = 0..=9)]
    line_112: u32,
    #[input(range = 0..=9)]
    line_113: u32,
    #[input(range = 0..=9)]
    line_114: u32,
    #[input(range = 0..=9)]
    line_115: u32,
    #[input(range = 0..=9)]
    line_116: u32,
    #[input(range = 0..=9)]
    line_117: u32,
    #[input(range = 0..=9)]
    line_118: u32,
    #[input(range = 0..=9)]
    line_119: u32,
    #[input(range = 0..=9)]
    line_120: u32,
    #[input(range = 0..=9)]
    line_121: u32,
    #[input(range = 0..=9)]
    line_122: u32,
    #[input(range = 0..=9)]
    line_123: u32,
    #[input(range = 0..=9)]
    line_124: u32,
    #[input(range = 0..=9)]
    line_125: u32,
    #[input(range = 0..=9)]
    line_126: u32,
    #[input(range = 0..=9)]
    line_127: u32,
    #[input(range = 0..=9)]
    line_128: u32,
    #[input(range = 0..=9)]
    line_129: u32,
    #[input(range = 0..=9)]
    line_130: u32,
}

fn main() {}
