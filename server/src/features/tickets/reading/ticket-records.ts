import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Reader } from '../../../kernel/database/index.ts';
import { PersonalData } from '../../../kernel/privacy/personal-data.ts';

const MOST_ROWS = 1000;

/** What this feature keeps about a person, for the export of one's own data. */
@Injectable()
export class TicketRecords implements OnModuleInit {
  constructor(@Inject(PersonalData) private readonly data: PersonalData) {}

  onModuleInit(): void {
    this.data.register(
      {
        title: '我的投诉',
        purpose: '转给负责的单位办理；办结后三年',
        rows: (reader, personId) => this.filed(reader, personId),
      },
      {
        title: '我也遇到的投诉',
        purpose: '让办理的人知道影响多少人；随投诉保存',
        rows: (reader, personId) => this.followed(reader, personId),
      },
    );
  }

  private filed(reader: Reader, personId: string): Promise<object[]> {
    return reader.rows(
      `SELECT ticket_number AS number, title, content, place, photo_count AS photos, state, filed_at AS filedAt,
         changed_at AS changedAt
       FROM tickets WHERE complainant_id = ? ORDER BY id DESC LIMIT ${MOST_ROWS}`,
      [personId],
    );
  }

  private followed(reader: Reader, personId: string): Promise<object[]> {
    return reader.rows(
      `SELECT t.ticket_number AS number, f.note, f.created_at AS followedAt
       FROM ticket_follows f JOIN tickets t ON t.id = f.ticket_id WHERE f.person_id = ? LIMIT ${MOST_ROWS}`,
      [personId],
    );
  }
}
