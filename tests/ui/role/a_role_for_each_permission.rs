use secure_api::prelude::*;

// Permissions, written as roles.
#[derive(Role)]
pub enum Role {
    CanReadAA, CanReadAB, CanReadAC, CanReadAD, CanReadAE, CanReadAF, CanReadAG, CanReadAH, CanReadAI, CanReadAJ, CanReadAK, CanReadAL, CanReadAM,
    CanReadBA, CanReadBB, CanReadBC, CanReadBD, CanReadBE, CanReadBF, CanReadBG, CanReadBH, CanReadBI, CanReadBJ, CanReadBK, CanReadBL, CanReadBM,
    CanReadCA, CanReadCB, CanReadCC, CanReadCD, CanReadCE, CanReadCF, CanReadCG, CanReadCH, CanReadCI, CanReadCJ, CanReadCK, CanReadCL, CanReadCM,
    CanReadDA, CanReadDB, CanReadDC, CanReadDD, CanReadDE, CanReadDF, CanReadDG, CanReadDH, CanReadDI, CanReadDJ, CanReadDK, CanReadDL, CanReadDM,
    CanReadEA, CanReadEB, CanReadEC, CanReadED, CanReadEE, CanReadEF, CanReadEG, CanReadEH, CanReadEI, CanReadEJ, CanReadEK, CanReadEL, CanReadEM,
    CanReadFA, CanReadFB, CanReadFC, CanReadFD, CanReadFE, CanReadFF, CanReadFG, CanReadFH, CanReadFI, CanReadFJ, CanReadFK, CanReadFL, CanReadFM,
    CanReadGA, CanReadGB, CanReadGC, CanReadGD, CanReadGE, CanReadGF, CanReadGG, CanReadGH, CanReadGI, CanReadGJ, CanReadGK, CanReadGL, CanReadGM,
    CanReadHA, CanReadHB, CanReadHC, CanReadHD, CanReadHE, CanReadHF, CanReadHG, CanReadHH, CanReadHI, CanReadHJ, CanReadHK, CanReadHL, CanReadHM,
    CanReadIA, CanReadIB, CanReadIC, CanReadID, CanReadIE, CanReadIF, CanReadIG, CanReadIH, CanReadII, CanReadIJ, CanReadIK, CanReadIL, CanReadIM,
    CanReadJA, CanReadJB, CanReadJC, CanReadJD, CanReadJE, CanReadJF, CanReadJG, CanReadJH, CanReadJI, CanReadJJ, CanReadJK, CanReadJL, CanReadJM,
}

fn main() {}
