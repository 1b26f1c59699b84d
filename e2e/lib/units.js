// Made-up units of both structures, for tests: what went in, what was split, what went on.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OLD = 24;

/** Writes the three files of `pholuat units import` into `folder`. */
export function sampleUnits(folder) {
  mkdirSync(folder, { recursive: true });
  const communes = {};
  for (let n = 1; n <= OLD; n++) communes[`xamau${n}`] = { ward: `Xã Mẫu ${n}`, wardCode: `${10000 + n}` };
  const before = {
    DICT_PROVINCE: {
      tinhmaumot: { province: "Tỉnh Mẫu Một", provinceCode: "01" },
      tinhmauhai: { province: "Tỉnh Mẫu Hai", provinceCode: "02" },
    },
    DICT_PROVINCE_DISTRICT: { tinhmaumot: { huyenmau: { district: "Huyện Mẫu", districtCode: "001" } } },
    DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED: { tinhmaumot: { huyenmau: communes } },
  };
  const key = (n) => `tinhmaumot_huyenmau_xamau${n}`;
  const whole = { xamau1: [key(1)] };
  for (let n = 4; n <= OLD; n++) (whole[`xamoi${n % 5}`] ??= []).push(key(n));
  const map = {
    DICT_PROVINCE: { tinhmauhai: ["tinhmaumot", "tinhmauhai"] },
    DICT_PROVINCE_WARD_NO_DIVIDED: { tinhmauhai: whole },
    DICT_PROVINCE_WARD_DIVIDED: {
      tinhmauhai: Object.fromEntries([2, 3].map((n) => [key(n), [{ newWardKey: "xamoi0", isDefaultNewWard: true }, { newWardKey: "xamoi1" }]])),
    },
  };
  const wards = ["Xã Mẫu 1", ...[0, 1, 2, 3, 4].map((n) => `Xã Mới ${n}`)];
  const now = [
    {
      Code: "02",
      FullName: "Tỉnh Mẫu Hai",
      FullNameEn: "Mau Hai Province",
      Wards: wards.map((FullName, n) => ({ Code: `${20000 + n}`, FullName })),
    },
  ];
  for (const [name, content] of Object.entries({ before, map, now })) writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
}
