import type { LevelPhoneInput } from '@linli/shared/contacts';
import { addDays, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import { PublishBoardService } from '../../features/contacts/index.ts';
import { FilesService } from '../../kernel/files/index.ts';
import type { World } from '../world.ts';

const CHECKED_DAYS_AGO = 40;
const PUBLISHED_DAYS_AGO = 120;

/** Invented numbers. */
const LEVELS: readonly LevelPhoneInput[] = [
  {
    level: 'COMMITTEE',
    organisation: '康宁家园业主委员会',
    phone: '0994-7200120',
    hours: '每周三、周六 16:00–18:00',
  },
  {
    level: 'COMMUNITY',
    organisation: '东关社区居民委员会',
    phone: '0994-7200140',
    hours: '工作日 9:30–19:00',
  },
  { level: 'STREET', organisation: '奇台镇人民政府', phone: '0994-7200101', hours: '工作日 9:30–19:00' },
  {
    level: 'COUNTY',
    organisation: '奇台县住房和城乡建设局',
    phone: '0994-7200102',
    hours: '工作日 9:30–19:00',
  },
  { level: 'CITY', organisation: '12345 政务服务便民热线', phone: '12345', hours: '全天' },
];

const PLACES = ['南门值班室外墙公示栏', '1 号楼和 2 号楼之间的宣传栏'] as const;

/** The street's board from its spreadsheet, hung at two places, the numbers called forty days ago. */
export async function tellContacts(world: World): Promise<void> {
  const boards = world.get(PublishBoardService);
  const today = shanghaiDate(world.now);
  const publishedOn = addDays(today, -PUBLISHED_DAYS_AGO);
  world.clock.set(timeOfDay(publishedOn, 11, 0));
  const street = await world.caller('street');
  const { draft } = await boards.checkSheet(world.estateId, world.sample('contact-board.xlsx'));
  if (draft === null) throw new Error('The sample board is refused');
  const entries = draft.entries.map(({ departmentName, duties, contactName, phone, handles }) => ({
    departmentName,
    duties,
    contactName,
    mobileConsent: phone.kind === 'MOBILE',
    phone: phone.display,
    handles: handles.join('、'),
  }));
  const request = { effectiveFrom: publishedOn, reason: '', entries, levelPhones: LEVELS };
  await boards.publish(street, world.estateId, request, 'demo-contacts-board-1');
  for (const [index, description] of PLACES.entries()) {
    const body = await world.photo(40 + index);
    const photo = await world
      .get(FilesService)
      .keep(street, { purpose: 'BOARD_PHOTO', name: '张贴照片.jpg', body });
    const place = { description, photoId: photo.id };
    await boards.addPlace(street, world.estateId, place, `demo-contacts-place-${index}`);
  }
  world.clock.set(timeOfDay(addDays(today, -CHECKED_DAYS_AGO), 15, 0));
  await boards.check(await world.caller('street'), world.estateId, '逐个打过，都有人接');
}
